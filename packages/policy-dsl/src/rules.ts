import type { Problem } from '@apim-kit/core'
import { parseLiteral } from './compile-parameters.js'
import type { Element } from './element.js'
import { messages } from './messages.js'
import { kebabCase } from './names.js'
import type { Shape } from './shape.js'
import { Expression, Literal, namedValuesIn } from './value.js'
import { childrenFor, nameInDocument, propertyOf } from './view.js'

/** Facts about several properties of one element, as data: the builder, the checker and the reference page read them. */
export type Rule = NeedsRule | OneOfRule | BetweenRule | AtMostRule

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

/** A child may stand so often at most. */
export interface AtMostRule extends RuleBase {
  readonly rule: 'atMost'
  readonly property: string
  readonly max: number
}

/** Values by property; a list says that any of them will do. A value that only the gateway knows, an expression or a named value, fulfils no condition. */
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

export const atMost = (property: string, max: number, options: Options = {}): Rule => ({
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
    case 'atMost':
      return numberFault(shape, element, rule)
    default:
      return countFault(shape, element, rule)
  }
}

function rangeFault(shape: Shape, element: Element, { property, min, max, or = [] }: BetweenRule): string | undefined {
  const value = propertyOf(shape, element, property)
  const field = shape.attributes?.[property]
  const met = value instanceof Literal && field !== undefined ? parseLiteral(field, value) : undefined
  if (typeof met !== 'number' || or.includes(met) || (met >= min && met <= (max ?? met))) return undefined
  const range = max === undefined ? `at least ${min}` : `${min} to ${max}`
  return messages.ruleBetween(nameInDocument(shape, property), [...or, range].join(' or '), met)
}

function numberFault(shape: Shape, element: Element, { property, max }: AtMostRule): string | undefined {
  const entry = shape.children?.[property]
  const met = entry === undefined ? 0 : childrenFor(element, property, entry).length
  return met > max ? messages.ruleAtMost(nameInDocument(shape, property), max, met) : undefined
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
  const conditions = [
    ...(other === undefined ? [] : [`with ${nameInDocument(shape, other)}`]),
    ...(when === undefined ? [] : [`when ${words(shape, when)}`]),
    ...(unless === undefined ? [] : [`unless ${words(shape, unless)}`]),
  ]
  return messages.ruleNeeds(nameInDocument(shape, property), conditions.join(', '))
}

/** Whether a condition holds; undefined where only the gateway knows. */
function fulfilled(shape: Shape, element: Element, condition: Condition): boolean | undefined {
  const answers = Object.entries(condition).map(([property, expected]) => {
    const value = propertyOf(shape, element, property)
    if (value === true) return undefined
    const any = Array.isArray(expected) ? expected : [String(expected)]
    if (value === undefined) return any.includes(String(shape.attributes?.[property]?.options.default))
    if (value instanceof Expression || namedValuesIn(value.text).length > 0) return undefined
    const field = shape.attributes?.[property]
    // A value that is none is told as such; what would follow from a right one cannot be known.
    if (field !== undefined && parseLiteral(field, value) === undefined) return undefined
    return any.includes(value.text)
  })
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true
}

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
