import { ApimKitError } from '@apim-kit/core'
import type { Field } from './fields.js'
import type { AnyPolicyBuilder } from './define-policy.js'
import { childElements, type Element } from './element.js'
import { messages } from './messages.js'
import type { ParametersOf } from './parameters.js'
import { elementName, type Child, type Shape } from './shape.js'
import { Literal, type Value } from './value.js'
import { attributeFor, childrenFor, textOf } from './view.js'

/** Where a value stands, for the one who compiles it. */
export interface ValuePlace {
  readonly field: Field
  readonly element: Element
  /** Its property in the policy's description: `existsAction`, `text`. */
  readonly property: string
}

/** What a gateway gives to the walk over an element: how values are evaluated, and what nested policies become. */
export interface ParameterCompiler<Context, Policies> {
  /**
   * Compiles one value. Named values have to be filled in before, with `fillNamedValues`. The function has to give a value of the field's type:
   * `parseLiteral` does for a literal; what an expression gives is the runtime's business.
   */
  readonly value: (value: Value, place: ValuePlace) => (context: Context) => unknown
  /** Compiles the policies that may stand anywhere in an element: the branch of a `when`. */
  readonly policies: (policies: readonly Element[], parent: Element) => Policies
}

/**
 * Compiles an element, once, to a function that gives its parameters for one request: camelCase, defaults applied, expressions
 * evaluated in the order of the document. A field described as `later` becomes a function that evaluates when it is called.
 *
 * @throws ApimKitError `invalid-policy` where the element lacks what its description requires
 * @example
 * const parameters = compileParameters(setHeader, element, { value: compileValue, policies: compilePipeline })
 * parameters(context).existsAction // 'override' where the document says nothing
 */
export function compileParameters<B extends Pick<AnyPolicyBuilder, 'definition'>, Context, Policies>(
  builder: B,
  element: Element,
  compiler: ParameterCompiler<Context, Policies>,
): (context: Context) => ParametersOf<B, Policies> {
  // The type follows from the same description that the walk reads.
  return compileObject(builder.definition.shape, element, compiler) as (context: Context) => ParametersOf<B, Policies>
}

type Compiled<Context> = (context: Context) => unknown

function compileItem<C, P>(shape: Shape, element: Element, compiler: ParameterCompiler<C, P>): Compiled<C> {
  if (shape.unchecked === true) return () => element
  if (shape.attributes === undefined && shape.children === undefined) {
    if (shape.text !== undefined) return compileField(shape.text, 'text', textOf(element), element, compiler)
    if (shape.policies !== undefined) return compilePolicies(element, compiler)
  }
  return compileObject(shape, element, compiler)
}

function compileObject<C, P>(shape: Shape, element: Element, compiler: ParameterCompiler<C, P>): Compiled<C> {
  const parts: [property: string, compiled: Compiled<C>][] = []
  for (const [property, field] of Object.entries(shape.attributes ?? {})) {
    const compiled = compileAttribute(property, field, element, compiler)
    if (compiled !== undefined) parts.push([property, compiled])
  }
  if (shape.text !== undefined)
    parts.push(['text', compileField(shape.text, 'text', textOf(element), element, compiler)])
  for (const [property, entry] of Object.entries(shape.children ?? {})) {
    const compiled = compileChildren(property, entry, element, compiler)
    if (compiled !== undefined) parts.push([property, compiled])
  }
  if (shape.policies !== undefined) parts.push(['policies', compilePolicies(element, compiler)])
  return (context) => {
    const parameters: Record<string, unknown> = {}
    for (const [property, compiled] of parts) parameters[property] = compiled(context)
    return parameters
  }
}

function compilePolicies<C, P>(element: Element, compiler: ParameterCompiler<C, P>): Compiled<C> {
  const policies = compiler.policies(childElements(element), element)
  return () => policies
}

function compileAttribute<C, P>(
  property: string,
  field: Field,
  element: Element,
  compiler: ParameterCompiler<C, P>,
): Compiled<C> | undefined {
  const attribute = attributeFor(element, property, field)
  if (attribute !== undefined) return compileField(field, property, attribute.value, element, compiler)
  const { default: assumed, required } = field.options
  if (assumed !== undefined) return field.options.later === true ? () => () => assumed : () => assumed
  if (required === true) throw new ApimKitError('invalid-policy', `${element.name}: ${property} ${messages.missing()}`)
  return undefined
}

function compileField<C, P>(
  field: Field,
  property: string,
  value: Value,
  element: Element,
  compiler: ParameterCompiler<C, P>,
): Compiled<C> {
  const compiled = compiler.value(value, { field, element, property })
  return field.options.later === true ? (context) => () => compiled(context) : compiled
}

function compileChildren<C, P>(
  property: string,
  entry: Child,
  element: Element,
  compiler: ParameterCompiler<C, P>,
): Compiled<C> | undefined {
  const items = childrenFor(element, property, entry).map((each) => compileItem(entry.shape, each, compiler))
  if (entry.options.many === true || (entry.item !== undefined && items.length > 0)) {
    return (context) => items.map((item) => item(context))
  }
  if (items[0] === undefined && entry.options.required === true) {
    throw new ApimKitError('invalid-policy', `${element.name}: ${elementName(property, entry)} ${messages.missing()}`)
  }
  return items[0]
}

/** The value of a literal as its field has it; undefined where the text is none: `yes` for a flag. */
export function parseLiteral(field: Field, literal: Literal | string): string | number | boolean | undefined {
  const source = literal instanceof Literal ? literal.text : literal
  const parsed = (parsers[field.type] ?? asText)(source)
  return field.schema.safeParse(parsed).success ? parsed : undefined
}

/** As XML Schema and .NET take them together: `true` and `1` in any case, white space around them. */
function parseFlag(source: string): boolean | undefined {
  const word = source.trim().toLowerCase()
  return word === 'true' || word === '1' ? true : word === 'false' || word === '0' ? false : undefined
}

const parseInteger = (source: string): number | undefined =>
  /^\s*[+-]?\d+\s*$/.test(source) ? Number(source) : undefined

/** As XML Schema has a double, without its infinities. */
const parseNumber = (source: string): number | undefined =>
  /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(source) ? Number(source) : undefined

const asText = (source: string): string => source

const parsers: Readonly<Partial<Record<Field['type'], (source: string) => string | number | boolean | undefined>>> = {
  flag: parseFlag,
  integer: parseInteger,
  number: parseNumber,
}
