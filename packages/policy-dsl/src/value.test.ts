import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namedValue } from '@apim-kit/core'
import { parse, type syntax } from './expression/index.js'
import {
  Expression,
  expression,
  fillNamedValues,
  Literal,
  namedValueReference,
  namedValuesIn,
  policies,
  read,
  setBody,
  setHeader,
  setVariable,
  text,
  trace,
  validateAzureAdToken,
  type Element,
  type PolicyDocument,
  type Value,
} from './index.js'
import { dataValue, illegalCharacter } from './value.js'

// What an attacker, or a careless caller, would put into a value.
const nasty = fc.constantFrom(
  '"',
  "'",
  '<',
  '>',
  '&',
  '&amp;',
  '&#10;',
  '&quot;',
  '@(',
  '@{',
  '@("x")',
  '@',
  '{{',
  '}}',
  '{{name}}',
  '{',
  '}',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '</value>',
  '<base />',
  '" x="y',
  '\\',
  '\\u0041',
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '\u00a0',
  '\u2028',
  '\u0085',
  '\ud83d\ude00',
  '\ufeff',
  'a',
  'name',
  ')',
  '//',
  '/*',
  '$"',
)
const data = fc
  .array(fc.oneof({ weight: 3, arbitrary: nasty }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) }), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''))
const legal = data.filter((value) => illegalCharacter(value) === undefined)

describe('a value that a caller passes', () => {
  const build = (value: string): PolicyDocument =>
    policies({
      inbound: [
        setHeader({ name: value, value: [value, value] }),
        setVariable({ name: 'v', value }),
        setBody(value),
        trace({ source: 's', message: value, metadata: { name: value, value } }),
        validateAzureAdToken({ tenantId: value, audiences: [value], requiredClaims: [{ name: 'roles', value }] }),
      ],
    })

  test.each(['xml', 'rawxml', 'auto'] as const)('comes back as itself, and as nothing else (%s)', (format) => {
    fc.assert(
      fc.property(legal, (value) => {
        const document = build(value)
        for (const written of format === 'xml'
          ? [document.toXml()]
          : format === 'rawxml'
            ? [document.toRawXml()]
            : [document.toXml(), document.toRawXml()]) {
          const { document: again, problems } = read(written, { format })
          expect(problems).toEqual([])
          expect(again?.difference(document)).toBeUndefined()
          expect(shapeOf(again?.root)).toBe(shapeOf(build('plain').root))
          expect(again?.references).toEqual([])
          const met = valuesOf(again?.root).map(meaningOf)
          expect(met.filter((each) => !['v', 's', 'roles'].includes(each ?? '')).every((each) => each === value)).toBe(
            true,
          )
          expect(met.filter((each) => each === value).length).toBeGreaterThanOrEqual(value === '' ? 4 : 10)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('is refused where XML cannot hold it', () => {
    fc.assert(
      fc.property(
        data.filter(
          (value) =>
            illegalCharacter(value) !== undefined && !value.includes('{{') && !value.trimStart().startsWith('@'),
        ),
        (value) => {
          expect(() => build(value)).toThrow(/which XML cannot hold/)
        },
      ),
    )
  })

  test('is refused where no expression may say it literally', () => {
    expect(() => setVariable({ name: '{{secret}}', value: 'x' })).toThrow(
      /name: the service would not take "\{\{secret\}\}" literally/,
    )
    expect(() => setVariable({ name: ' @(1)', value: 'x' })).toThrow(/literally/)
  })

  test('never is an expression, a named value or an element by its shape alone', () => {
    const forged = JSON.parse('{"kind":"expression","source":"@(context.Subscription.Key)"}') as Expression
    expect(() => setHeader({ name: 'x', value: forged })).toThrow(/is not known here/)
    const element = JSON.parse('{"kind":"element","name":"base","attributes":[],"children":[]}') as Element
    expect(() => policies({ inbound: [element] })).toThrow('inbound[0]: expected a policy')
  })
})

describe('text that would be an expression or a named value', () => {
  test.each([
    ['@(literal)', '@("@(literal)")'],
    ['@{ return 1; }', '@("@{ return 1; }")'],
    [' @(x)', '@(" @(x)")'],
    ['a {{b}} "c"', '@("a {" + "{b}} \\"c\\"")'],
    ['{{{x}}}', '@("{" + "{" + "{x}}}")'],
  ])('%j becomes %s', (value, source) => {
    expect(dataValue(value)).toEqual(new Expression(source))
    expect(namedValuesIn(source)).toEqual([])
  })

  test.each(['me@example.com', '@ (x)', '{ "a": { "b": 1 }}', '}}', ''])('%j stays as it is', (value) => {
    expect(dataValue(value)).toEqual(new Literal(value))
  })
})

describe('named values', () => {
  const tenant = namedValue('tenant', { displayName: 'tenant-id', value: 'contoso' })

  test('are asked for by type: the resource, a reference, or within a text', () => {
    const policy = setVariable({ name: 'v', value: tenant })
    expect(policy.attributes[1]?.value).toEqual(new Literal('{{tenant-id}}'))
    expect(namedValueReference('a.b-c_d').text).toBe('{{a.b-c_d}}')
    expect(text`https://login.example.com/${tenant}/token?v=${2}`.text).toBe(
      'https://login.example.com/{{tenant-id}}/token?v=2',
    )
  })

  test('have names that the service takes', () => {
    expect(() => namedValueReference('a b')).toThrow(/no display name/)
    expect(() => namedValueReference('a}}{{b')).toThrow(/no display name/)
  })

  test('are not made by the literal parts of a text', () => {
    expect(() => text`{{x}}`).toThrow(/write an expression instead/)
    expect(() => text`{${'{x}}'}`).toThrow(/write an expression instead/)
    expect(() => text`@(${tenant})`).toThrow(/write an expression instead/)
    expect(text`{${tenant}}`.text).toBe('{{{tenant-id}}}')
  })

  test('are replaced once, and may turn a literal into an expression', () => {
    const lookup = (name: string) => ({ code: '@(1 + 1)', again: '{{code}}' })[name]
    expect(fillNamedValues(new Literal('{{code}}'), lookup)).toEqual(new Expression('@(1 + 1)'))
    expect(fillNamedValues(new Literal('{{again}}'), lookup)).toEqual(new Literal('{{code}}'))
    expect(fillNamedValues(new Expression('@("{{none}}")'), lookup)).toEqual(new Expression('@("{{none}}")'))
  })
})

describe('expression', () => {
  test('takes one whole expression', () => {
    expect(expression(' @(a > b && c["x"] == \')\')\r\n').source).toBe('@(a > b && c["x"] == \')\')')
  })

  test.each([
    ['context.RequestId', /write @\(…\)/],
    ['@(1', /left open/],
    ['@(1) + 2', /goes on after its closing bracket/],
    ['@("x)', /left open/],
    ['@("\u0000")', /U\+0000/],
  ])('refuses %j', (source, message) => expect(() => expression(source)).toThrow(message))

  test('cannot be smuggled in unchecked', () => {
    expect(() => setHeader({ name: 'x', value: new Expression('@(1)"><base />') })).toThrow(
      /goes on after its closing bracket/,
    )
  })
})

/** The names of elements and attributes, without values. */
function shapeOf(element: Element | undefined): string {
  if (element === undefined) return ''
  const children = element.children.map((node) => (node.kind === 'element' ? shapeOf(node) : '')).join('')
  return `<${element.name} ${element.attributes.map(({ name }) => name).join(' ')}>${children}</>`
}

function valuesOf(element: Element | undefined): Value[] {
  if (element === undefined) return []
  const inside = element.children.flatMap((node) =>
    node.kind === 'element' ? valuesOf(node) : node.kind === 'comment' ? [] : [node],
  )
  return [...element.attributes.map(({ value }) => value), ...inside]
}

/** The text that a value stands for: literal text, or the value of a C# string. */
function meaningOf(value: Value): string | undefined {
  if (value instanceof Literal) return value.text
  const { syntax: tree, diagnostics } = parse(value.source)
  return diagnostics.length === 0 && tree.kind === 'single' ? stringOf(tree.expression) : undefined
}

function stringOf(node: syntax.Expression): string | undefined {
  if (node.kind === 'literal') return typeof node.value === 'string' ? node.value : undefined
  return node.kind === 'binary' ? `${stringOf(node.left) ?? ''}${stringOf(node.right) ?? ''}` : undefined
}
