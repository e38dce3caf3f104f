import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { attributeOf, childElements, type Element } from '../src/element.js'
import { parseDocument } from '../src/parse-document.js'
import { Literal } from '../src/value.js'

// What Microsoft's schemas allow, as data: as much of XML Schema as they use.

/** The values that an attribute or a text may have. */
export interface SchemaValues {
  /** Names of XML Schema's own types among which the value may be: `xs:string`. */
  readonly types: readonly string[]
  /** Listed values. */
  readonly values: readonly string[]
  /** Whether an expression is named as one. */
  readonly expression: boolean
}

export interface SchemaAttribute extends SchemaValues {
  readonly required: boolean
}

export interface SchemaChild {
  readonly name: string
  readonly required: boolean
  readonly many: boolean
  /** A function, since elements hold themselves. */
  readonly content: () => SchemaContent
}

/** What may stand in an element. */
export interface SchemaContent {
  readonly attributes: ReadonlyMap<string, SchemaAttribute>
  readonly children: readonly SchemaChild[]
  /** Whether text may stand there. */
  readonly text: boolean
  /** Whether children may stand in any order. */
  readonly anyOrder: boolean
}

const folder = fileURLToPath(new URL('xsd', import.meta.url))

const declarations = readdirSync(folder)
  .filter((name) => name.endsWith('.xsd'))
  .flatMap((name) => {
    const { root } = parseDocument(readFileSync(`${folder}/${name}`, 'utf8'), 'xml')
    return root === undefined ? [] : childElements(root)
  })

const elements = new Map(
  declarations.filter(({ name }) => name === 'xs:element').map((each) => [text(each, 'name'), each]),
)
const types = new Map(
  declarations.filter(({ name }) => /^xs:(?:complex|simple)Type$/.test(name)).map((each) => [text(each, 'name'), each]),
)

/** The elements that the schemas declare, but for the document itself. */
export const schemaElements: readonly string[] = [...elements.keys()].filter((name) => name !== 'policies')

/** What may stand in an element that the schemas declare. */
export function schemaContent(name: string): SchemaContent {
  const element = elements.get(name)
  if (element === undefined) throw new Error(`the schemas declare no ${name}`)
  return contentOf(element)
}

function text(element: Element, name: string): string {
  const value = attributeOf(element, name)
  return value instanceof Literal ? value.text : ''
}

const inside = (element: Element, ...names: readonly string[]): Element[] =>
  childElements(element).filter(({ name }) => names.includes(name))

interface Draft {
  readonly attributes: Map<string, SchemaAttribute>
  readonly children: SchemaChild[]
  text: boolean
  anyOrder: boolean
}

function contentOf(element: Element): SchemaContent {
  const reference = elements.get(text(element, 'ref'))
  if (reference !== undefined) return contentOf(reference)
  const draft: Draft = { attributes: new Map(), children: [], text: false, anyOrder: false }
  const named = text(element, 'type')
  const type = types.get(named) ?? inside(element, 'xs:complexType', 'xs:simpleType')[0]
  if (type === undefined) draft.text = named !== ''
  else addType(draft, type)
  return draft
}

function addType(draft: Draft, type: Element): void {
  if (type.name === 'xs:simpleType' || text(type, 'mixed') === 'true') draft.text = true
  if (type.name === 'xs:complexType') addParts(draft, type, { required: true, many: false })
}

interface Times {
  readonly required: boolean
  readonly many: boolean
}

const timesOf = (element: Element, around: Times): Times => ({
  required: around.required && text(element, 'minOccurs') !== '0',
  many: around.many || !['', '0', '1'].includes(text(element, 'maxOccurs')),
})

function addParts(draft: Draft, parent: Element, around: Times): void {
  for (const part of childElements(parent)) {
    const times = timesOf(part, around)
    switch (part.name) {
      case 'xs:attribute':
        draft.attributes.set(text(part, 'name'), { ...valuesOf(part), required: text(part, 'use') === 'required' })
        break
      case 'xs:element':
        draft.children.push({
          name: text(part, 'name') || text(part, 'ref'),
          ...times,
          content: () => contentOf(part),
        })
        break
      case 'xs:choice':
      case 'xs:all':
        // Of a choice one is enough; in a repeated one the order is free.
        draft.anyOrder ||= part.name === 'xs:all' || times.many
        addParts(draft, part, { required: part.name === 'xs:all' && times.required, many: times.many })
        break
      case 'xs:extension': {
        const base = types.get(text(part, 'base'))
        if (base === undefined) draft.text = true
        else addType(draft, base)
        addParts(draft, part, around)
        break
      }
      case 'xs:sequence':
      case 'xs:complexContent':
      case 'xs:simpleContent':
        addParts(draft, part, times)
        break
      default:
    }
  }
}

const none: SchemaValues = { types: [], values: [], expression: false }

function valuesOf(element: Element): SchemaValues {
  const named = text(element, 'type')
  const [inline] = inside(element, 'xs:simpleType')
  return named !== '' ? valuesOfType(named) : inline === undefined ? none : valuesOfSimple(inline)
}

function valuesOfType(name: string): SchemaValues {
  if (name === 'expression') return { ...none, expression: true }
  const type = types.get(name)
  return type === undefined ? { ...none, types: [name] } : valuesOfSimple(type)
}

function valuesOfSimple(type: Element): SchemaValues {
  const members = inside(type, 'xs:union').flatMap((union) => [
    ...text(union, 'memberTypes').split(/\s+/).filter(Boolean).map(valuesOfType),
    ...inside(union, 'xs:simpleType').map(valuesOfSimple),
  ])
  const restrictions = inside(type, 'xs:restriction').map((restriction): SchemaValues => {
    const values = inside(restriction, 'xs:enumeration').map((each) => text(each, 'value'))
    return values.length > 0 ? { ...none, values } : valuesOfType(text(restriction, 'base'))
  })
  return [...members, ...restrictions].reduce(
    (one, other) => ({
      types: [...one.types, ...other.types],
      values: [...one.values, ...other.values],
      expression: one.expression || other.expression,
    }),
    none,
  )
}
