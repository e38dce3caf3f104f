import { parseLiteral } from '../compile-parameters.js'
import { expr } from '../expression/expr.js'
import type { Field } from '../fields.js'
import { Expression, isActive, Literal, liquid, namedValueReference, text, type Value } from '../value.js'
import { atom, call, type Code } from './code.js'
import { escapeCooked, escapeRaw, stringCode } from './literals.js'

/** An input of a builder, together with the code that makes it. */
export interface Sourced<T = unknown> {
  readonly code: Code
  readonly value: T
}

/** Where a value stands, for the choice of its form and of a constant's name. */
export interface ValuePlace {
  readonly field: Field
  /** What a constant of this value would be called. */
  readonly name: string
  /** The text is a Liquid template. */
  readonly isLiquid: boolean
}

/** The input that gives a field this value, in the form that a person would choose. */
export function valueCode(value: Value, place: ValuePlace): Sourced {
  if (value instanceof Expression) return expressionCode(value, place)
  return place.isLiquid ? liquidCode(value) : literalCode(value, place)
}

function liquidCode({ text: template }: Literal): Sourced {
  return isActive(template)
    ? { value: liquid(template), code: call('liquid', stringCode(template)) }
    : { value: template, code: stringCode(template) }
}

function literalCode(literal: Literal, { field, name }: ValuePlace): Sourced {
  const { text: data } = literal
  const parts = data.split(/(\{\{[A-Za-z0-9._-]{1,256}\}\})/)
  if (parts.length > 1) return namedValuesCode(literal, parts)
  const typed = field.type === 'text' || field.type === 'oneOf' ? data : parseLiteral(field, literal)
  const fits = typed !== undefined && String(typed) === data && field.schema.safeParse(typed).success
  if (!fits || isActive(data)) return asItStands(literal)
  if (typeof typed !== 'string') return { value: typed, code: atom(String(typed)) }
  const code = stringCode(typed)
  const isWorthSharing = field.type === 'text' && typed.length > (/key$/i.test(name) ? 2 : 24)
  return { value: typed, code: isWorthSharing ? { kind: 'shared', key: `text ${typed}`, name, code } : code }
}

/** Every second part is a named value. */
function namedValuesCode(literal: Literal, parts: readonly string[]): Sourced {
  const names = parts.map((part, index) => (index % 2 === 1 ? part.slice(2, -2) : undefined))
  const alone = parts.length === 3 && parts[0] === '' && parts[2] === '' ? names[1] : undefined
  if (alone !== undefined) return { value: namedValueReference(alone), code: namedValueCode(alone) }
  const literals = parts.filter((_, index) => index % 2 === 0)
  const values = names.filter((each) => each !== undefined)
  try {
    return {
      value: text(Object.assign([...literals], { raw: literals }), ...values.map(namedValueReference)),
      code: {
        kind: 'template',
        tag: 'text',
        parts: parts.map((part, index) => (index % 2 === 1 ? namedValueCode(part.slice(2, -2)) : escapeCooked(part))),
      },
    }
  } catch {
    // Braces or an expression's mark in the text around the named values, which `text` refuses as data.
    return asItStands(literal)
  }
}

const namedValueCode = (name: string): Code => ({
  kind: 'shared',
  key: `named value ${name}`,
  name,
  code: call('namedValueReference', atom(`'${name}'`)),
})

/** A text that the field's type does not have, or that is no data: `new Literal` takes it as it stands in the document. */
const asItStands = (literal: Literal): Sourced => ({
  value: new Literal(literal.text),
  code: { ...call('Literal', stringCode(literal.text)), isClass: true },
})

function expressionCode({ source }: Expression, { name }: ValuePlace): Sourced {
  return {
    value: new Expression(source),
    code: { kind: 'shared', key: `expression ${source}`, name, code: templateCode(source) ?? sourceCode(source) },
  }
}

/** The expression as `expr`; undefined where that would not give this very source: white space inside the brackets, say. */
function templateCode(source: string): Code | undefined {
  const code = source.startsWith('@{') ? source.slice(1) : source.slice(2, -1)
  // A template has no form for a backslash in front of what has to be escaped, nor for one at its end.
  if (/\\(?:`|\$\{|$)/.test(code)) return undefined
  const raw = escapeRaw(code)
  try {
    if (expr(Object.assign([raw], { raw: [raw] })).source !== source) return undefined
  } catch {
    return undefined
  }
  return { kind: 'template', tag: 'expr', parts: [raw] }
}

const sourceCode = (source: string): Code => call('expression', stringCode(source))
