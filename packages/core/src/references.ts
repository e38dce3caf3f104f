import type { Field, Fields } from './fields.js'
import { kindOf } from './kinds/index.js'
import { isPolicyContent } from './policy-content.js'
import { isResource, type Resource } from './resource.js'

/** What a resource or a policy document names, and where it does. */
export interface Reference {
  /** The kind of the resource that is meant, for example `namedValue`. */
  readonly kind: string
  /** Its name; for a kind that others name by display name (named values), the display name. */
  readonly name: string
  /** The name of its parent, where the place tells it: a connection is named together with its provider. */
  readonly parent?: string
  /** Where the reference stands, for people: `inbound/get-authorization-context[1]/@authorization-id`. */
  readonly path: string
  /** 1-based, where the reference was read from a text. */
  readonly line?: number
  readonly column?: number
}

/** Everything that a resource names, in its fields and in its policy document; its parent is not among them. */
export function referencesOf(resource: Resource): Reference[] {
  const kind = kindOf(resource.kind)
  const linked = kind?.links === undefined ? [] : [{ kind: kind.links, name: resource.name, path: 'name' }]
  const base = kind?.needs?.exec(resource.name)?.[1]
  const needed = base === undefined ? [] : [{ kind: resource.kind, name: base, path: 'name' }]
  const fields: Fields = kind?.fields ?? {}
  return [
    ...linked,
    ...needed,
    ...Object.entries(resource.properties).flatMap(([name, value]) => walk(fields[name], value, `properties.${name}`)),
  ]
}

function walk(field: Field | undefined, value: unknown, path: string): Reference[] {
  if (typeof value === 'string' && field?.options.namedValues === true) return namedValuesIn(value, path)
  if (isResource(value))
    return [
      {
        kind: value.kind,
        name: value.name,
        path,
        ...(value.parent === undefined ? {} : { parent: value.parent.name }),
      },
    ]
  if (isPolicyContent(value)) return [...value.references]
  if (Array.isArray(value)) return value.flatMap((item, index) => walk(field?.item, item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    walk(field?.fields?.[name] ?? field?.item, inner, `${path}.${name}`),
  )
}

/** The named values that a text inserts, as policies do. */
function namedValuesIn(text: string, path: string): Reference[] {
  return [...text.matchAll(/\{\{([A-Za-z0-9-._]+)\}\}/g)].map(([, name = '']) => ({ kind: 'namedValue', name, path }))
}
