import { kinds, policyPlace, type Kind } from '@apim-kit/core'
import { read } from '@apim-kit/policy-dsl'
import type { PolicyDocument } from '../../emulator-context.js'
import { resourcePath, type ResourceStore, type StoredResource } from '../../store.js'
import { invalid, notSupported, policyError, type ErrorDetail } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'
import { policyText } from '../policy-text.js'

export const policyBehaviour: Behaviour = {
  check: ({ kind, properties }, { checkPolicy, store }) => {
    const { value, format } = properties as { value: string; format: string }
    if (format !== 'xml' && format !== 'rawxml') throw notSupported(`policy format '${format}'`)
    const errors = checkPolicy({ text: value, format }, policyPlace(kind)).filter(
      ({ severity }) => severity === 'error',
    )
    if (errors.length > 0) throw policyError(errors)
    return missingReferences({ text: value, format }, store)
  },
  show: (shown, query, { properties }) => {
    const { value, format } = properties as { value: string; format: PolicyDocument['format'] }
    const asked = query.get('format')?.toLowerCase() === 'rawxml' ? 'rawxml' : 'xml'
    return { ...shown, format: asked, value: policyText({ text: value, format }, asked) }
  },
}

/**
 * Kinds whose resources have to be there when a document that names them is saved (observed for backends). Providers and
 * connections need not: the documentation says that access to them is looked at when the policy runs.
 */
const checkedOnSave: ReadonlyMap<string, { readonly kind: Kind; readonly title: string }> = new Map([
  [kinds.backend.kind, { kind: kinds.backend, title: 'Backend' }],
  [kinds.policyFragment.kind, { kind: kinds.policyFragment, title: 'Fragment' }],
])

function missingReferences(document: PolicyDocument, store: ResourceStore): ErrorDetail[] {
  return referencesOf(document).flatMap(({ kind, name, path, line, column }) => {
    const checked = checkedOnSave.get(kind)
    if (checked === undefined || store.get(checked.kind, [name]) !== undefined) return []
    const element = /([^/[]+)(?:\[\d+\])?\/@[^/]*$/.exec(path)?.[1] ?? 'representation'
    const place = line === undefined ? '' : ` on line ${line}, column ${column ?? 1}`
    return [
      invalid(element, `Error in element '${element}'${place}: ${checked.title} with id '${name}' could not be found.`),
    ]
  })
}

function referencesOf({
  text,
  format,
}: PolicyDocument): NonNullable<ReturnType<typeof read>['document']>['references'] {
  return read(text, { format }).document?.references ?? []
}

function documentOf(properties: StoredResource['properties']): PolicyDocument {
  const { value, format } = properties as { value: string; format: PolicyDocument['format'] }
  return { text: value, format }
}

/** What stands against the deletion of a resource that documents name. */
export function namedByDocuments({ kind, names }: StoredResource, store: ResourceStore): ErrorDetail[] {
  const name = names.at(-1)?.toLowerCase()
  return Object.values<Kind>(kinds)
    .filter(({ policyScope }) => policyScope !== undefined)
    .flatMap((each) => store.all(each))
    .filter(({ properties }) =>
      referencesOf(documentOf(properties)).some(
        (reference) => reference.kind === kind.kind && reference.name.toLowerCase() === name,
      ),
    )
    .map((document) => invalid('id', `'${names.at(-1)}' is used by ${resourcePath(document)} and cannot be deleted.`))
}
