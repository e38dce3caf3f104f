import { ApimKitError } from '@apim-kit/core'
import { describe, expect, it } from 'vitest'
import * as dsl from './index.js'
import { policyBuilders } from './index.js'
import { toXml } from './xml.js'

/*
 * Code without types calls functions with anything, or with nothing. Whatever they are given, they do what they are for or throw an
 * ApimKitError: never an error that only tells where our own code stumbled.
 */
type Anything = (...parameters: readonly unknown[]) => unknown

const anything: readonly unknown[] = [
  undefined,
  null,
  5,
  10n,
  Number.NaN,
  true,
  'text',
  Symbol('a'),
  [],
  [null],
  {},
  { a: null },
  Object.create(null),
  () => 1,
  new Date(0),
]

/** What people call. What is left out takes apart what these made; only code of ours calls it. */
const functions = {
  comment: dsl.comment,
  check: dsl.check,
  expr: dsl.expr,
  expression: dsl.expression,
  format: dsl.format,
  fragment: dsl.fragment,
  importPolicy: dsl.importPolicy,
  liquid: dsl.liquid,
  markup: dsl.markup,
  namedValueReference: dsl.namedValueReference,
  policies: dsl.policies,
  rawDocument: dsl.rawDocument,
  rawPolicy: dsl.rawPolicy,
  read: dsl.read,
  resolverPolicy: dsl.resolverPolicy,
  text: dsl.text,
  toXml,
  tokenByClientAssertion: dsl.tokenByClientAssertion,
  tokenByClientSecret: dsl.tokenByClientSecret,
  validateAndForward: dsl.validateAndForward,
  variable: dsl.variable,
}
const inner: readonly string[] = [
  'attributeOf',
  'childElements',
  'compileParameters',
  'fillNamedValues',
  'namedValuesIn',
  'parseLiteral',
  'textOf',
]

/** Lets an error pass that says what to do. */
function survives(call: () => unknown): void {
  try {
    call()
  } catch (error) {
    if (!(error instanceof ApimKitError)) throw error
    expect(error.code).toMatch(/^invalid-/)
    expect(error.message).not.toMatch(/\[object|Symbol\(/)
  }
}

const builders = Object.entries(policyBuilders) as unknown as (readonly [
  string,
  Anything & { readonly definition: { readonly description: { readonly examples: readonly { input?: unknown }[] } } },
])[]

describe.each(Object.entries(functions) as [string, Anything][])('%s', (_, call) => {
  it('takes anything, or says what to write', () => {
    survives(() => call())
    for (const one of anything) {
      survives(() => call(one))
      for (const other of anything) survives(() => call(one, other))
    }
  })
})

describe.each(builders)('the builder of %s', (_, build) => {
  it('takes anything, or says what to write', () => {
    survives(() => build())
    for (const one of anything) survives(() => build(one, one))
    for (const { input } of build.definition.description.examples)
      for (const changed of variations(input)) survives(() => build(changed))
  })
})

/** The same with anything in the place of one value. */
function* variations(input: unknown, depth = 0): Generator {
  const isPlain = Array.isArray(input) || Object.getPrototypeOf(input ?? 0) === Object.prototype
  if (!isPlain || depth > 3) return
  for (const [key, value] of Object.entries(input as object)) {
    const put = (other: unknown): unknown =>
      Array.isArray(input) ? input.with(Number(key), other) : { ...(input as object), [key]: other }
    for (const other of anything) yield put(other)
    for (const changed of variations(value, depth + 1)) yield put(changed)
  }
}

it('knows every function of the entry', () => {
  const exported = Object.entries<unknown>({ ...dsl })
  const isFunction = (name: string, value: unknown): boolean =>
    typeof value === 'function' && /^[a-z]/.test(name) && !('definition' in value)
  const known = [...Object.keys(functions).filter((name) => name !== 'toXml'), ...inner]
  const found = exported.flatMap(([name, value]) => (isFunction(name, value) ? [name] : []))
  expect(found.toSorted()).toEqual(known.toSorted())
})

it.each(anything.map((value) => [value]))('a section, a comment and a verb take no %o', (value) => {
  const { getAuthorizationContext, policies, setHeader } = dsl as unknown as Record<string, Anything>
  survives(() => policies?.({ inbound: value }))
  survives(() => policies?.({ inbound: [value] }))
  survives(() => policies?.({}, { before: value }))
  survives(() => getAuthorizationContext?.({ connection: value, variable: value }))
  survives(() => setHeader?.({ name: value, value }))
  const document = dsl.policies() as unknown as Record<string, Anything>
  survives(() => document['problems']?.call(document, value))
  survives(() => document['equals']?.call(document, value))
  survives(() => document['difference']?.call(document, value))
})

describe('says what was called, what was given, and what to write', () => {
  it.each([
    ['read', [5], "read: expected a text, got a number; write read(await readFile('api.xml', 'utf8'))"],
    ['check', ['<policies />'], 'check: expected a policy document, of policies(…), fragment(…) or read(…), got "<pol'],
    ['check', [dsl.policies(), { scop: 'api' }], 'scop: there is no such option; did you mean "scope"?'],
    ['policies', [null], 'policies: expected an object, got null; write policies({ inbound: [base(), … ] })'],
    ['text', ['a'], 'text is a tag of a template: write text`…${tenant}…`, not text("…")'],
    ['tokenByClientSecret', [{ clientId: 'a' }], 'tokenEndpoint: is missing'],
  ])('%s', (name, parameters, message) => {
    expect(() => (functions[name as keyof typeof functions] as Anything)(...parameters)).toThrow(message)
  })
})
