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
    ? Exclude<L | P | D | (S extends { readonly get: infer Get } ? Get : never), keyof ApiManagementClient[G]>
    : G
  : 'no binding'

type MissingOf<Name extends keyof typeof kinds> = Missing<(typeof kinds)[Name]['sdk']>

/** Every kind by name, with what its binding lacks. A kind whose group or method the SDK does not have breaks the build here. */
type Lacking = { [Name in keyof typeof kinds]: MissingOf<Name> }

export const bindings: { [Name in keyof typeof kinds]: never } = {} as Lacking

// The proof itself: names that do not exist are found.
export const group: Missing<{ group: 'nowhere'; list: 'list'; put: 'put'; delete: 'delete' }> = 'nowhere'
export const method: Missing<{ group: 'backend'; list: 'listByService'; put: 'put'; delete: 'delete' }> = 'put'
