import type { Problem } from '@apim-kit/core'
import type { Element } from './element.js'
import { messages } from './messages.js'
import { kebabCase } from './names.js'
import type { Shape } from './shape.js'
import { Expression, namedValuesIn } from './value.js'
import { nameInDocument, propertyOf } from './view.js'

/** Facts about several properties of one element, as data: the builder, the checker and the reference page read them. */
export type Rule = NeedsRule | OneOfRule

interface RuleBase {
  /** `warning` where the service takes it, or where the sources disagree. Default: `error`. */
  readonly severity?: 'error' | 'warning'
  /** Why, for people, where the rule alone does not say it. */
  readonly because?: string
}

/** `property` has to be given when, or unless, other properties have these values. A default counts as given. */
export interface NeedsRule extends RuleBase {
  readonly rule: 'needs'
  readonly property: string
  readonly when?: Condition
  readonly unless?: Condition
}

/** Of these properties exactly one, at most one or at least one has to be given. */
export interface OneOfRule extends RuleBase {
  readonly rule: 'exactlyOneOf' | 'atMostOneOf' | 'atLeastOneOf'
  readonly properties: readonly string[]
}

/** Values by property. A value that only the gateway knows, an expression or a named value, fulfils no condition. */
export type Condition = Readonly<Record<string, string | boolean>>

type Options = Pick<RuleBase, 'severity' | 'because'>

export const needs = (property: string, options: Options & Pick<NeedsRule, 'when' | 'unless'>): Rule => ({
  rule: 'needs',
  property,
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
    const message = rule.rule === 'needs' ? needsFault(shape, element, rule) : countFault(shape, element, rule)
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

function needsFault(shape: Shape, element: Element, { property, when, unless }: NeedsRule): string | undefined {
  if (propertyOf(shape, element, property) !== undefined) return undefined
  const applies =
    (when === undefined || fulfilled(shape, element, when) === true) &&
    (unless === undefined || fulfilled(shape, element, unless) === false)
  if (!applies) return undefined
  return messages.ruleNeeds(
    nameInDocument(shape, property),
    when === undefined ? `unless ${words(shape, unless)}` : `when ${words(shape, when)}`,
  )
}

/** Whether a condition holds; undefined where only the gateway knows. */
function fulfilled(shape: Shape, element: Element, condition: Condition): boolean | undefined {
  const answers = Object.entries(condition).map(([property, expected]) => {
    const value = propertyOf(shape, element, property)
    if (value === true) return undefined
    if (value === undefined) return shape.attributes?.[property]?.options.default === expected
    if (value instanceof Expression || namedValuesIn(value.text).length > 0) return undefined
    return value.text === String(expected)
  })
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true
}

const words = (shape: Shape, condition: Condition = {}): string =>
  Object.entries(condition)
    .map(([property, value]) => `${nameInDocument(shape, property)} is ${String(value)}`)
    .join(' and ')

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
