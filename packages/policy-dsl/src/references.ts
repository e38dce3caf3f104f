import type { Reference } from '@apim-kit/core'
import type { Element } from './element.js'
import { Literal, namedValuesIn, type Value } from './value.js'
import { attributeFor, isValue } from './view.js'
import { walk, type Describe, type Visited } from './walk.js'

/** What a document names: resources by literal names, named values anywhere. */
export function referencesIn(root: Element, describe: Describe): Reference[] {
  const references: Reference[] = []
  walk(root, describe, (visited) => references.push(...resourcesNamedBy(visited), ...namedValuesOf(visited)))
  return references
}

function resourcesNamedBy({ element, shape, path }: Visited): Reference[] {
  return Object.entries(shape?.attributes ?? {}).flatMap(([property, field]): Reference[] => {
    const { refersTo, parent: parentProperty } = field.options
    const attribute = attributeFor(element, property, field)
    const name = attribute === undefined ? undefined : plainText(attribute.value)
    if (refersTo === undefined || attribute === undefined || name === undefined || name === field.options.keyword)
      return []
    const parentField = parentProperty === undefined ? undefined : shape?.attributes?.[parentProperty]
    const parent =
      parentField === undefined ? undefined : attributeFor(element, parentProperty ?? '', parentField)?.value
    const parentName = parent === undefined ? undefined : plainText(parent)
    // A child whose parent only the gateway knows cannot be told apart from others of its name.
    if (parentField !== undefined && parentName === undefined) return []
    return [reference(refersTo, name, `${path}/@${attribute.name}`, attribute.value, parentName)]
  })
}

/** A literal without named values; only such a text is known before the gateway runs. */
const plainText = (value: Value): string | undefined =>
  value instanceof Literal && namedValuesIn(value.text).length === 0 ? value.text : undefined

function namedValuesOf({ element, shape, path, parent }: Visited): Reference[] {
  const inAttributes = element.attributes.flatMap(({ name, value }) => namedValues(value, `${path}/@${name}`))
  if (isTemplate(element, parent?.element, shape)) return inAttributes
  return [...inAttributes, ...element.children.filter(isValue).flatMap((value) => namedValues(value, path))]
}

/** The braces of a template are its own, as far as is known: how the service tells them apart is undocumented. */
function isTemplate(element: Element, parent: Element | undefined, shape: Visited['shape']): boolean {
  const language = shape?.text?.options.template
  if (language === undefined) return false
  // Some policies have the attribute, and a child the text. Its case differs from source to source.
  return [...element.attributes, ...(parent?.attributes ?? [])].some(
    ({ name, value }) => name === 'template' && value instanceof Literal && value.text.toLowerCase() === language,
  )
}

const namedValues = (value: Value, path: string): Reference[] =>
  namedValuesIn(value instanceof Literal ? value.text : value.source).map((name) =>
    reference('namedValue', name, path, value),
  )

function reference(kind: string, name: string, path: string, { position }: Value, parent?: string): Reference {
  return { kind, name, ...(parent === undefined ? {} : { parent }), path, ...position }
}
