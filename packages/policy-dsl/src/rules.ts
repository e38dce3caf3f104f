import type { Problem } from '@apim-kit/core'
import { parseLiteral } from './compile-parameters.js'
import type { Element } from './element.js'
import { messages } from './messages.js'
import { kebabCase } from './names.js'
import type { Shape } from './shape.js'
import { Expression, Literal, namedValuesIn } from './value.js'
import { childrenFor, nameInDocument, propertyOf } from './view.js'

/** Facts about several properties of one element, as data: the builder, the checker and the reference page read them. */
export type Rule = NeedsRule | OneOfRule | BetweenRule | LessThanRule | FormRule | AtMostRule | NoEffectRule

interface RuleBase {
  /** `warning` where the service takes it, or where the sources disagree. Default: `error`. */
  readonly severity?: 'error' | 'warning'
  /** Why, for people, where the rule alone does not say it. */
  readonly because?: string
}

/** `property` has to be given with another one, or when, or unless, other properties have these values. A default counts as given. */
export interface NeedsRule extends RuleBase {
  readonly rule: 'needs'
  readonly property: string
  /** Only beside this property. */
  readonly with?: string
  readonly when?: Condition
  readonly unless?: Condition
}

/** Of these properties exactly one, at most one or at least one has to be given. */
export interface OneOfRule extends RuleBase {
  readonly rule: 'exactlyOneOf' | 'atMostOneOf' | 'atLeastOneOf'
  readonly properties: readonly string[]
}

/** A whole number has to be in a range; `or` lists the values beside it that are taken too. */
export interface BetweenRule extends RuleBase {
  readonly rule: 'between'
  readonly property: string
  readonly min: number
  readonly max?: number
  readonly or?: readonly number[]
}

/** A number has to be smaller than another one. */
export interface LessThanRule extends RuleBase {
  readonly rule: 'lessThan'
  readonly property: string
  readonly than: string
}

/** A text, of an attribute or of the element, has a form that no zod schema may demand, since only one source knows it. */
export interface FormRule extends RuleBase {
  readonly rule: 'form'
  readonly property: string
  readonly pattern: RegExp
  /** What is expected, in words. */
  readonly expected: string
  readonly when?: Condition
  /** Only where this property is not given. */
  readonly without?: string
}

/** A child may stand so often at most; `except` those of which this holds. */
export interface AtMostRule extends RuleBase {
  readonly rule: 'atMost'
  readonly property: string
  readonly max: number
  readonly except?: Condition
}

/** A property, or the whole policy where none is named, changes nothing when, or unless, properties have these values. */
export interface NoEffectRule extends RuleBase {
  readonly rule: 'noEffect'
  readonly property?: string
  readonly when?: Condition
  readonly unless?: Condition
}

/** Values by property; a list says that any of them will do. Names of headers compare without regard to case. A value that only the gateway knows, an expression or a named value, fulfils no condition. */
export type Condition = Readonly<Record<string, string | boolean | readonly string[]>>

type Options = Pick<RuleBase, 'severity' | 'because'>

export const needs = (property: string, options: Options & Pick<NeedsRule, 'with' | 'when' | 'unless'>): Rule => ({
  rule: 'needs',
  property,
  ...options,
})

export const between = (property: string, options: Options & Pick<BetweenRule, 'min' | 'max' | 'or'>): Rule => ({
  rule: 'between',
  property,
  ...options,
})

export const lessThan = (property: string, than: string, options: Options = {}): Rule => ({
  rule: 'lessThan',
  property,
  than,
  ...options,
})

export const form = (
  property: string,
  options: Options & Pick<FormRule, 'pattern' | 'expected' | 'when' | 'without'>,
): Rule => ({
  rule: 'form',
  property,
  ...options,
})

/** A warning always: what changes nothing breaks nothing. */
export const noEffect = (
  options: Pick<RuleBase, 'because'> & Pick<NoEffectRule, 'property' | 'when' | 'unless'>,
): Rule => ({
  rule: 'noEffect',
  severity: 'warning',
  ...options,
})

export const atMost = (property: string, max: number, options: Options & Pick<AtMostRule, 'except'> = {}): Rule => ({
  rule: 'atMost',
  property,
  max,
  ...options,
})

export const exactlyOneOf = (properties: readonly string[], options: Options = {}): Rule => ({
  rule: 'exactlyOneOf',
  properties,
  ...options,
})

export const atMostOneOf = (properties: readonly string[], options: Options = {}): Rule => ({
  rule: 'atMostOneOf',
  properties,
  ...options,
})

export const atLeastOneOf = (properties: readonly string[], options: Options = {}): Rule => ({
  rule: 'atLeastOneOf',
  properties,
  ...options,
})

/** What is wrong with an element by the rules of its shape. Nothing is said where only the gateway knows a value. */
export function ruleProblems(shape: Shape, element: Element, path: string): Problem[] {
  return (shape.rules ?? []).flatMap((rule) => {
    const message = fault(shape, element, rule)
    if (message === undefined) return []
    const because = rule.because === undefined ? '' : ` (${rule.because})`
    return [
      {
        rule: `policy/${kebabCase(rule.rule)}`,
        severity: rule.severity ?? 'error',
        message: `${message}${because}`,
        path,
        ...element.position,
      },
    ]
  })
}

function fault(shape: Shape, element: Element, rule: Rule): string | undefined {
  switch (rule.rule) {
    case 'needs':
      return needsFault(shape, element, rule)
    case 'between':
      return rangeFault(shape, element, rule)
    case 'lessThan':
      return orderFault(shape, element, rule)
    case 'form':
      return formFault(shape, element, rule)
    case 'atMost':
      return numberFault(shape, element, rule)
    case 'noEffect':
      return effectFault(shape, element, rule)
    default:
      return countFault(shape, element, rule)
  }
}

function rangeFault(shape: Shape, element: Element, { property, min, max, or = [] }: BetweenRule): string | undefined {
  const met = numberOf(shape, element, property)
  if (met === undefined || or.includes(met) || (met >= min && met <= (max ?? met))) return undefined
  const range = max === undefined ? `at least ${min}` : `${min} to ${max}`
  return messages.ruleBetween(nameInDocument(shape, property), [...or, range].join(' or '), met)
}

/** The number that a property is; undefined where it is none, is not given, or only the gateway knows it. */
function numberOf(shape: Shape, element: Element, property: string): number | undefined {
  const value = propertyOf(shape, element, property)
  const field = shape.attributes?.[property]
  const met = value instanceof Literal && field !== undefined ? parseLiteral(field, value) : undefined
  return typeof met === 'number' ? met : undefined
}

function orderFault(shape: Shape, element: Element, { property, than }: LessThanRule): string | undefined {
  const met = numberOf(shape, element, property)
  const limit = numberOf(shape, element, than)
  if (met === undefined || limit === undefined || met < limit) return undefined
  return messages.ruleLessThan(nameInDocument(shape, property), met, nameInDocument(shape, than), limit)
}

function formFault(
  shape: Shape,
  element: Element,
  { property, pattern, expected, when, without }: FormRule,
): string | undefined {
  const value = propertyOf(shape, element, property)
  if (!(value instanceof Literal) || namedValuesIn(value.text).length > 0 || pattern.test(value.text.trim()))
    return undefined
  if (without !== undefined && propertyOf(shape, element, without) !== undefined) return undefined
  if (when !== undefined && fulfilled(shape, element, when) !== true) return undefined
  const name = property === 'text' ? `the text of <${element.name}>` : nameInDocument(shape, property)
  return messages.ruleForm(name, expected, value.text)
}

function numberFault(shape: Shape, element: Element, { property, max, except }: AtMostRule): string | undefined {
  const entry = shape.children?.[property]
  if (entry === undefined) return undefined
  const met = childrenFor(element, property, entry).filter(
    (child) => except === undefined || fulfilled(entry.shape, child, except) === false,
  ).length
  const but = except === undefined ? '' : ` but those whose ${words(entry.shape, except)}`
  return met > max ? messages.ruleAtMost(nameInDocument(shape, property) + but, max, met) : undefined
}

function effectFault(shape: Shape, element: Element, { property, when, unless }: NoEffectRule): string | undefined {
  if (property !== undefined && propertyOf(shape, element, property) === undefined) return undefined
  if (when !== undefined && fulfilled(shape, element, when) !== true) return undefined
  if (unless !== undefined && fulfilled(shape, element, unless) !== false) return undefined
  const name = property === undefined ? `<${element.name}>` : nameInDocument(shape, property)
  return messages.ruleNoEffect(name, conditionWords(shape, undefined, when, unless))
}

function needsFault(
  shape: Shape,
  element: Element,
  { property, with: other, when, unless }: NeedsRule,
): string | undefined {
  if (propertyOf(shape, element, property) !== undefined) return undefined
  const applies =
    (other === undefined || propertyOf(shape, element, other) !== undefined) &&
    (when === undefined || fulfilled(shape, element, when) === true) &&
    (unless === undefined || fulfilled(shape, element, unless) === false)
  if (!applies) return undefined
  return messages.ruleNeeds(nameInDocument(shape, property), conditionWords(shape, other, when, unless))
}

const conditionWords = (
  shape: Shape,
  other: string | undefined,
  when: Condition | undefined,
  unless: Condition | undefined,
): string =>
  [
    ...(other === undefined ? [] : [`with ${nameInDocument(shape, other)}`]),
    ...(when === undefined ? [] : [`when ${words(shape, when)}`]),
    ...(unless === undefined ? [] : [`unless ${words(shape, unless)}`]),
  ].join(', ')

/** Whether a condition holds; undefined where only the gateway knows. */
function fulfilled(shape: Shape, element: Element, condition: Condition): boolean | undefined {
  const answers = Object.entries(condition).map(([property, expected]) => {
    const value = propertyOf(shape, element, property)
    if (value === true) return undefined
    const any: readonly string[] = typeof expected === 'object' ? expected : [String(expected)]
    if (value === undefined) return any.includes(String(shape.attributes?.[property]?.options.default))
    if (value instanceof Expression || namedValuesIn(value.text).length > 0) return undefined
    const field = shape.attributes?.[property]
    // A value that is none is told as such; what would follow from a right one cannot be known.
    if (field !== undefined && parseLiteral(field, value) === undefined) return undefined
    return any.some((each) => sameText(each, value.text, field?.options.caseInsensitive))
  })
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true
}

const sameText = (one: string, other: string, caseInsensitive: true | undefined): boolean =>
  one === other || (caseInsensitive === true && one.toLowerCase() === other.toLowerCase())

const words = (shape: Shape, condition: Condition = {}): string =>
  Object.entries(condition)
    .map(([property, value]) => `${nameInDocument(shape, property)} is ${valueWords(value)}`)
    .join(' and ')

const valueWords = (value: Condition[string]): string =>
  typeof value === 'object' ? value.join(' or ') : String(value)

function countFault(shape: Shape, element: Element, { rule, properties }: OneOfRule): string | undefined {
  const given = properties.filter((property) => propertyOf(shape, element, property) !== undefined)
  const names = listed(shape, properties)
  const met = given.length === 0 ? 'none is there' : `${listed(shape, given)} are there`
  if (rule === 'atLeastOneOf') return given.length === 0 ? messages.ruleAtLeastOne(names) : undefined
  if (rule === 'exactlyOneOf' && given.length !== 1) return messages.ruleExactlyOne(names, met)
  return given.length > 1 ? messages.ruleAtMostOne(names, met) : undefined
}

const listed = (shape: Shape, properties: readonly string[]): string =>
  properties.map((property) => nameInDocument(shape, property)).join(', ')
