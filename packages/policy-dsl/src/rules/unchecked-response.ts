import { positionInside } from '../check-expressions.js'
import { Literal } from '../value.js'
import { describedAttributes } from '../view.js'
import type { Visited } from '../walk.js'
import type { DocumentRule } from './rule.js'
import { nodesIn, variablesNamedBy, variableUses } from './variables.js'

/** Bodies of responses that are used whatever their status is. */
export const uncheckedResponse: DocumentRule = {
  id: 'policy/unchecked-response',
  severity: 'warning',
  title: 'The body of a response is used without a look at its status',
  why: 'send-request counts every status as success, 4xx and 5xx too. Where the status is never looked at, the body of an error is taken for an answer: a token that is not there, a cache filled with an error page.',
  bad: `<send-request mode="new" response-variable-name="token-response" timeout="10">
  <set-url>https://login.example.com/token</set-url>
  <set-method>POST</set-method>
</send-request>
<set-variable name="token" value="@((string)((IResponse)context.Variables["token-response"]).Body.As<JObject>()["access_token"])" />`,
  at: 'context.Variables["token-response"]',
  good: `<send-request mode="new" response-variable-name="token-response" timeout="10">
  <set-url>https://login.example.com/token</set-url>
  <set-method>POST</set-method>
</send-request>
<choose>
  <when condition="@(((IResponse)context.Variables["token-response"]).StatusCode != 200)">
    <return-response>
      <set-status code="502" reason="Bad Gateway" />
    </return-response>
  </when>
</choose>
<set-variable name="token" value="@((string)((IResponse)context.Variables["token-response"]).Body.As<JObject>()["access_token"])" />`,
  source: 'The documentation of send-request: its response is stored whatever its status is.',
  *find({ elements, expressions }) {
    const uses = expressions.map((found) => {
      const nodes = nodesIn(found)
      const members = nodes.flatMap((node) =>
        node.kind === 'member' || node.kind === 'member-binding' ? [node.name.name] : [],
      )
      return { found, members, names: variableUses(nodes) }
    })
    const told = new Set<string>()
    for (const { visited, name } of elements.flatMap(responsesOf)) {
      if (told.has(name) || failsOnErrors(visited)) continue
      told.add(name)
      const here = uses.filter(({ names }) => names.some((use) => use.name === name))
      if (here.some(({ members }) => members.some((member) => member.startsWith('Status')))) continue
      const body = here.find(({ members }) => members.includes('Body'))
      if (body === undefined) continue
      const { found, names } = body
      const position = positionInside(found.value, names.find((use) => use.name === name)?.start ?? 0)
      const message = `the body of the response in ${JSON.stringify(name)} is used, but nothing looks at its StatusCode; a 4xx or 5xx answer would be taken for a good one`
      yield {
        subject: { element: found.visited.element, path: found.path },
        at: position === undefined ? {} : { position },
        message,
      }
    }
  },
}

/** The variables that receive responses, whichever policy asks for them. */
const responsesOf = (visited: Visited): { visited: Visited; name: string }[] =>
  variablesNamedBy(visited).flatMap(({ how, holds, name }) =>
    how === 'set' && holds === 'IResponse' && name !== undefined ? [{ visited, name }] : [],
  )

const failsOnErrors = ({ element, shape }: Visited): boolean =>
  describedAttributes(element, shape).some(
    ({ value, field }) =>
      field.options.failsOnErrorStatus === true && !(value instanceof Literal && value.text === 'false'),
  )
