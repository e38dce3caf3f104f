import { describe, expect, test } from 'vitest'
import { parseLiteral } from '../compile-parameters.js'
import type { AnyPolicyBuilder } from '../define-policy.js'
import { sectionNames, type Element, type Section } from '../element.js'
import { check, policies, policyBuilders, read } from '../index.js'
import { camelCase } from '../names.js'
import { contentElements } from '../content-elements.js'
import { policyNames } from '../policy-names.js'
import { attributeName, elementName, type Child, type Shape } from '../shape.js'

// Untyped callers: what the types refuse has to be refused at run time too.
type UntypedBuilder = ((input?: unknown) => Element) & Pick<AnyPolicyBuilder, 'definition'>
const builders = Object.entries(policyBuilders) as unknown as readonly (readonly [string, UntypedBuilder])[]

describe.each(builders)('%s', (name, builder) => {
  const { definition } = builder
  const { examples, sections, scopes, onlyIn, resolver, pairedWith } = definition.description
  // What a document says of the policy whatever the example is.
  const expected = [
    'policy/missing-base',
    ...(onlyIn === undefined ? [] : ['policy/disputed-policy']),
    ...(resolver === undefined ? [] : ['policy/wrong-section']),
    ...(pairedWith === undefined ? [] : ['policy/unpaired-policy']),
  ]
  const documentOf = (policy: Element, section: Section = sections[0] ?? 'inbound') =>
    policies({ [camelCase(section)]: [policy] })

  test('is listed under the name of its element, which the list of all policies has', () => {
    expect(definition.name).toBe(name)
    expect(policyNames).toContain(name)
  })

  test.each(examples)('makes the element of its example $xml', ({ input, xml }) => {
    expect(
      documentOf(builder(input)).difference(read(wrap(sections[0] ?? 'inbound', xml)).document ?? ''),
    ).toBeUndefined()
  })

  test.each(examples)('writes $xml to both texts and reads it back', ({ input }) => {
    const document = documentOf(builder(input))
    for (const format of ['xml', 'rawxml'] as const) {
      const text = format === 'xml' ? document.toXml() : document.toRawXml()
      for (const result of [read(text), read(text, { format })]) {
        expect(result.problems).toEqual([])
        expect(result.document?.difference(document)).toBeUndefined()
      }
      expect(document.equals(text)).toBe(true)
    }
  })

  test.each(examples)('has no fault in $xml', ({ input }) => {
    const found = check(documentOf(builder(input)), { scope: scopes[0] ?? 'api' })
    expect(found.filter(({ rule }) => !expected.includes(rule))).toEqual([])
  })

  test('is refused in other sections', () => {
    const policy = builder(examples[0]?.input)
    for (const section of sectionNames.filter((each) => !sections.includes(each))) {
      expect(check(documentOf(policy, section)).map(({ rule }) => rule)).toContain('policy/wrong-section')
    }
  })

  test('is refused without what it requires, by builder and checker', () => {
    const required = requiredOf(definition.shape)
    const text = read(wrap(sections[0] ?? 'inbound', `<${name} />`)).document
    const rules = (text === undefined ? [] : check(text))
      .filter(({ rule }) => rule.startsWith('policy/missing-'))
      .map(({ message }) => message)
    for (const property of required)
      expect(() => builder({})).toThrow(property === 'text' ? /required/ : new RegExp(`${property}: is missing`))
    for (const missing of required.map((property) => nameOf(definition.shape, property))) {
      expect(rules.some((message) => message.includes(missing))).toBe(true)
    }
  })

  test('refuses unknown properties and attributes, and says what was meant', () => {
    expect(() => builder({ ...asObject(examples[0]?.input), idd: 'x' })).toThrow(/idd: is not known here/)
    const text = read(wrap(sections[0] ?? 'inbound', `<${name} idd="x" />`)).document
    expect((text === undefined ? [] : check(text)).map(({ rule }) => rule)).toContain('policy/unknown-attribute')
  })

  const attributes = Object.entries(definition.shape.attributes ?? {})

  test.each(attributes.filter(([, field]) => field.type !== 'text'))(
    'refuses a wrong value of %s',
    (property, field) => {
      expect(parseLiteral(field, 'certainly not')).toBeUndefined()
      expect(() => builder({ ...asObject(examples[0]?.input), [property]: 'certainly not' })).toThrow(
        new RegExp(`${property}: expected`),
      )
      const text = read(
        wrap(sections[0] ?? 'inbound', `<${name} ${attributeName(property, field)}="certainly not" />`),
      ).document
      expect((text === undefined ? [] : check(text)).map(({ rule }) => rule)).toContain('policy/wrong-value')
    },
  )

  test.each(attributes.filter(([, field]) => field.options.expressions === false))(
    'refuses an expression in %s',
    (property, field) => {
      const text = read(wrap(sections[0] ?? 'inbound', `<${name} ${attributeName(property, field)}="@(1)" />`)).document
      expect((text === undefined ? [] : check(text)).map(({ rule }) => rule)).toContain('policy/expression-not-allowed')
    },
  )

  test('takes a named value in every attribute', () => {
    const all = attributes.map(([property, field]) => `${attributeName(property, field)}="{{some-value}}"`).join(' ')
    const text = read(wrap(sections[0] ?? 'inbound', `<${name} ${all} />`)).document
    expect((text === undefined ? [] : check(text)).filter(({ rule }) => rule === 'policy/wrong-value')).toEqual([])
    expect(text?.references.map((each) => each.name)).toEqual(attributes.map(() => 'some-value'))
  })

  test('names each property once', () => {
    const names = [...attributes.map(([property]) => property), ...Object.keys(definition.shape.children ?? {})]
    expect(new Set(names).size).toBe(names.length)
  })
})

test('the names that the checker knows without loading any description are those of the policies', () => {
  expect(policyNames).toEqual(builders.map(([name]) => name))
})

test('the parser keeps the content of the elements whose markup is content', () => {
  const named = builders.flatMap(([name, { definition }]) => contentNames(name, definition.shape))
  expect([...contentElements].toSorted()).toEqual([...new Set(named)].toSorted())
})

const contentNames = (name: string, { markup, children = {} }: Shape): string[] => [
  ...(markup === 'content' ? [name] : []),
  ...Object.entries(children).flatMap(([property, entry]) => contentNames(elementName(property, entry), entry.shape)),
]

const wrap = (section: Section, xml: string): string =>
  `<policies>${sectionNames.map((each) => `<${each}>${each === section ? xml : '<base />'}</${each}>`).join('')}</policies>`

const asObject = (input: unknown): object => (typeof input === 'object' && input !== null ? input : { text: input })

function requiredOf(shape: Shape): string[] {
  const entries: [string, { readonly options: { readonly required?: true } } | undefined][] = [
    ...Object.entries(shape.attributes ?? {}),
    ['text', shape.text],
    ...Object.entries(shape.children ?? {}),
  ]
  return entries.filter(([, entry]) => entry?.options.required === true).map(([property]) => property)
}

function nameOf(shape: Shape, property: string): string {
  const field = shape.attributes?.[property]
  if (field !== undefined) return attributeName(property, field)
  const entry: Child | undefined = shape.children?.[property]
  return entry === undefined ? 'is empty' : elementName(property, entry)
}

const halves = builders.flatMap(([name, { definition }]) => {
  const { pairedWith } = definition.description
  return pairedWith === undefined ? [] : [{ name, ...pairedWith }]
})

test.each(halves)('$name has a second half, whose second half it is', ({ name, policy, section }) => {
  const other = builders.find(([each]) => each === policy)?.[1].definition.description
  expect(other?.pairedWith?.policy).toBe(name)
  expect(other?.sections).toEqual([section])
})
