import { suggestion } from '@apim-kit/core'
import type { DocumentRule } from './rule.js'

/** Names of resources that are not there. */
export const undeclaredReference: DocumentRule = {
  id: 'policy/undeclared-reference',
  severity: 'error',
  title: 'The document names a resource that nothing declares',
  why: 'The service refuses a document that names a backend, a fragment or a named value it does not have, and a call fails at a provider or a connection that is not there. It is looked at only for the kinds of which the caller tells what is declared.',
  bad: `<set-backend-service backend-id="order" />`,
  at: 'order',
  good: `<set-backend-service backend-id="orders" />`,
  source: 'Messages of the service, as observed: Backend with id ‘x’ could not be found, Cannot find a property ‘x’.',
  asks: { declared: { backend: ['orders'] } },
  *find({ root, options: { declared }, references }) {
    if (declared === undefined) return
    for (const { kind, name, parent, path, line, column } of references()) {
      const known = Object.hasOwn(declared, kind) ? declared[kind] : undefined
      const wanted = parent === undefined ? name : `${parent}/${name}`
      if (known === undefined || known.includes(wanted)) continue
      yield {
        subject: { element: root, path },
        at: line === undefined || column === undefined ? {} : { position: { line, column } },
        message: `nothing declares the ${kind} ${JSON.stringify(wanted)}${suggestion(wanted, known)}`,
      }
    }
  },
}
