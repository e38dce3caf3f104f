import type { kinds } from '@apim-kit/core'
import type { ApiManagementClient } from '@azure/arm-apimanagement'

/** The names that a binding uses and the SDK's client does not have; `never` where all is well. */
type Missing<S> = S extends {
  readonly group: infer G
  readonly list: infer L
  readonly put: infer P
  readonly delete: infer D
}
  ? G extends keyof ApiManagementClient
    ? | Exclude<L | P | D | Optional<S, 'get'> | Optional<S, 'reveal'>, keyof ApiManagementClient[G]>
      | MissingRevisions<S>
    : G
  : 'no binding'

type Optional<S, Verb extends string> = S extends Readonly<Record<Verb, infer Name>> ? Name : never

type MissingRevisions<S> = S extends { readonly revisions: { readonly group: infer G; readonly list: infer L } }
  ? G extends keyof ApiManagementClient
    ? Exclude<L, keyof ApiManagementClient[G]>
    : G
  : never

type MissingOf<Name extends keyof typeof kinds> = Missing<(typeof kinds)[Name]['sdk']>

/** Every kind by name, with what its binding lacks. A kind whose group or method the SDK does not have breaks the build here. */
type Lacking = { [Name in keyof typeof kinds]: MissingOf<Name> }

export const bindings: { [Name in keyof typeof kinds]: never } = {} as Lacking

// The proof itself: names that do not exist are found.
export const group: Missing<{ group: 'nowhere'; list: 'list'; put: 'put'; delete: 'delete' }> = 'nowhere'
export const method: Missing<{ group: 'backend'; list: 'listByService'; put: 'put'; delete: 'delete' }> = 'put'
export const action: Missing<{ group: 'cache'; list: 'get'; put: 'get'; delete: 'get'; reveal: 'show' }> = 'show'
