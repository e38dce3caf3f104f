import type { Problem, Severity } from '@apim-kit/core'
import type { Position } from './expression/position.js'
import type { StructuralRuleName } from './rules/index.js'

/** Something with a place in the text, if it was read. */
export interface Placed {
  readonly position?: Position
}

/** The element that a problem is about. */
export interface Subject {
  readonly element: Placed
  readonly path: string
}

/** A guess compares a word with every other: a text of a hundred thousand strange elements would take seconds. */
const MAX_GUESSES = 1000

/** Collects problems with the place of the node they are about. */
export class Reporter {
  readonly problems: Problem[] = []
  #guesses = 0

  /** The words among which to guess what a misspelt one means; none once there are so many that nothing was merely misspelt. */
  guessAmong(known: readonly string[]): readonly string[] {
    return ++this.#guesses > MAX_GUESSES ? [] : known
  }

  /** @param at - the node whose place is told. Default: the element */
  error(rule: StructuralRuleName<'error'>, subject: Subject, message: string, at?: Placed): void {
    this.#report('error', rule, subject, message, at)
  }

  warning(rule: StructuralRuleName<'warning'>, subject: Subject, message: string, at?: Placed): void {
    this.#report('warning', rule, subject, message, at)
  }

  #report(severity: Severity, rule: string, { element, path }: Subject, message: string, at: Placed = element): void {
    this.problems.push({ rule: `policy/${rule}`, severity, message, path, ...at.position })
  }
}
