import { ApimKitError, isResource, type Resource } from '@apim-kit/core'
import { csharpString, Expression, Literal, namedValueText } from '../value.js'
import { Variable } from '../variable-handle.js'
import { parse } from './parse.js'
import type { Expression as SyntaxExpression } from './syntax.js'

/** What `expr` takes between `${` and `}`. */
export type ExprValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Expression
  | Literal
  | Variable
  | Resource<'namedValue'>
  | readonly ExprData[]
  | { readonly [name: string]: ExprData }

/** Data inside an array or object. */
export type ExprData =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly ExprData[]
  | { readonly [name: string]: ExprData }

/** Data nested deeper than this is taken for a cycle. */
const MAX_DEPTH = 64

/** Named values are put in as text, and may also stand inside a C# string; everything else is code of its own. */
export function isNamedValue(value: unknown): value is Literal | Resource<'namedValue'> {
  return value instanceof Literal || (isResource(value) && value.kind === 'namedValue')
}

/**
 * The C# code that means this value.
 *
 * - a string, number, bigint, boolean or null: a literal; whole numbers are int or long, others double
 * - an array of such: `new string[] {…}`, `new int[] {…}`; one that holds objects or arrays: a JArray
 * - an object: a JObject
 * - an expression: its code, in parentheses where it is more than a name, a member or a call
 * - a handle of a variable: the variable's value, cast to its type
 *
 * @throws ApimKitError `invalid-input` for everything else
 */
export function csharpCode(value: ExprValue): string {
  if (value instanceof Expression) return embedded(value)
  if (value instanceof Variable) return embedded(value.value)
  if (isNamedValue(value)) return namedValueText(value)
  if (Array.isArray(value)) return arrayCode(value)
  return typeof value === 'object' && value !== null ? objectCode(value, 0) : scalarCode(value)
}

function embedded({ source }: Expression): string {
  if (source.startsWith('@{')) {
    throw new ApimKitError(
      'invalid-input',
      `The statements ${source} cannot stand inside another expression; write them as one expression @(…)`,
    )
  }
  const code = source.slice(2, -1)
  if (isPrimary(source)) return code.trim()
  // A comment that runs to the end of its line must not take the parenthesis with it.
  return code.includes('//') ? `(${code}\n)` : `(${code})`
}

/** Names, members and calls bind tightest of all; a comment, or a named value that may be any code, gets its parentheses. */
function isPrimary(source: string): boolean {
  if (source.includes('//') || source.includes('{{')) return false
  const { syntax, diagnostics } = parse(source)
  return diagnostics.length === 0 && syntax.kind === 'single' && PRIMARY.has(syntax.expression.kind)
}

const PRIMARY: ReadonlySet<string> = new Set<SyntaxExpression['kind']>([
  'name',
  'member',
  'call',
  'element',
  'parenthesized',
])

function scalarCode(value: unknown): string {
  switch (typeof value) {
    case 'string':
      // Doubled braces are joined from two strings, which has to stay one operand.
      return value.includes('{{') ? `(${csharpString(value)})` : csharpString(value)
    case 'number':
      return numberCode(value)
    case 'bigint':
      return bigintCode(value)
    case 'boolean':
      return String(value)
    default:
      if (value === null) return 'null'
      throw new ApimKitError(
        'invalid-input',
        `A value of type ${typeof value} has no C# form; give a string, number, boolean, null, array or plain object`,
      )
  }
}

/** A minus sign gets parentheses: `5-${-3}` would be a decrement. */
function signed(code: string): string {
  return code.startsWith('-') ? `(${code})` : code
}

function numberCode(value: number): string {
  if (Number.isNaN(value)) return 'double.NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'double.PositiveInfinity' : 'double.NegativeInfinity'
  if (Object.is(value, -0)) return '(-0.0)'
  if (!Number.isInteger(value)) return signed(String(value))
  if (!Number.isSafeInteger(value)) return signed(`${String(value)}d`)
  return signed(Math.abs(value) <= 2147483647 ? String(value) : `${value}L`)
}

function bigintCode(value: bigint): string {
  if (value === BigInt.asIntN(64, value)) return signed(`${value}L`)
  if (value === BigInt.asUintN(64, value)) return `${value}UL`
  throw new ApimKitError('invalid-input', `${value} fits neither long nor ulong; C# has no literal for it`)
}

function arrayCode(values: readonly unknown[]): string {
  const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null
  if (values.length === 0 || !values.every(isScalar)) return tokenCode(values, 0)
  const codes = values.map(scalarCode).join(', ')
  return `new ${elementType(values)}[] { ${codes} }`
}

function elementType(values: readonly unknown[]): string {
  const all = (...types: string[]): boolean => values.every((value) => types.includes(typeof value))
  if (values.every((value) => typeof value === 'string' || value === null)) return 'string'
  if (all('boolean')) return 'bool'
  if (all('bigint')) return values.some((value) => value !== BigInt.asIntN(64, value as bigint)) ? 'ulong' : 'long'
  if (!all('number')) return 'object'
  const codes = values.map(scalarCode)
  if (codes.some((code) => !/^\(?-?\d+L?\)?$/.test(code))) return 'double'
  return codes.some((code) => code.includes('L')) ? 'long' : 'int'
}

function objectCode(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    const name = value.constructor.name
    throw new ApimKitError(
      'invalid-input',
      `A ${name} has no C# form; give a string, number, boolean, null, array or plain object`,
    )
  }
  const properties = Object.entries(value).map(
    ([name, own]) => `new JProperty(${csharpString(name)}, ${tokenCode(own, depth + 1)})`,
  )
  return `new JObject(${properties.join(', ')})`
}

/** Inside JSON everything is a token: JProperty and JArray take nulls and arrays apart, so these are wrapped. */
function tokenCode(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH)
    throw new ApimKitError('invalid-input', `Data nested more than ${MAX_DEPTH} deep, or with a cycle, has no C# form`)
  if (value === null) return 'JValue.CreateNull()'
  if (Array.isArray(value)) {
    const items = value.map((item) => tokenCode(item, depth + 1))
    return items.length === 0 ? 'new JArray()' : `new JArray(new object[] { ${items.join(', ')} })`
  }
  return typeof value === 'object' ? objectCode(value, depth) : `new JValue(${scalarCode(value)})`
}
