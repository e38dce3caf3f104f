import { attributeName } from '../shape.js'
import { attributeFor } from '../view.js'
import type { DocumentRule } from './rule.js'

/** Calls that may take as long as the default lets them. */
export const requestWithoutTimeout: DocumentRule = {
  id: 'policy/request-without-timeout',
  severity: 'warning',
  title: 'A send-request has no timeout',
  why: 'Without timeout a call waits up to 60 seconds, and the caller of the API waits with it. When the service that is called hangs, requests pile up in the gateway; a token or a look-up that takes longer than a few seconds is as a rule lost anyway.',
  bad: `<send-request mode="new" response-variable-name="rates">
  <set-url>https://rates.example.com/today</set-url>
  <set-method>GET</set-method>
</send-request>`,
  at: '<send-request',
  good: `<send-request mode="new" response-variable-name="rates" timeout="5">
  <set-url>https://rates.example.com/today</set-url>
  <set-method>GET</set-method>
</send-request>`,
  source: 'The documentation of send-request: timeout, default 60.',
  *find({ elements }) {
    for (const visited of elements) {
      const { element, shape } = visited
      const limits = Object.entries(shape?.attributes ?? {}).filter(([, { options }]) => options.limitsWait === true)
      const [first] = limits
      if (first === undefined) continue
      if (limits.some(([property, field]) => attributeFor(element, property, field) !== undefined)) continue
      const name = attributeName(...first)
      yield {
        subject: visited,
        message: `${element.name} has no ${name}, so it waits up to ${String(first[1].options.default)} seconds; write ${name}="…"`,
      }
    }
  },
}
