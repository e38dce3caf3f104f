import { ApimKitError, type Problem } from '@apim-kit/core'
import { builtFrom } from './define-policy.js'
import type { Comment, Element } from './element.js'
import { caretAt, SourcePositions } from './expression/position.js'
import { placedExpressions, type PlacedExpression } from './expression-places.js'
import { messages } from './messages.js'
import { suppressionsOf, unsuppressed } from './suppression.js'
import type { ExpressionFault } from './value.js'
import { walk } from './walk.js'

/**
 * Refuses a document with expressions that cannot run where they stand, as far as they bring their own checker: all of them at once.
 * Warnings are left to `check`, and a comment keeps an error quiet as it does there.
 *
 * @throws ApimKitError `invalid-expression`, with a problem for each fault: line and column are those in the expression
 */
export function refuseFaultyExpressions(nodes: readonly (Element | Comment)[], root: Element): void {
  const faults = faultsIn(root)
  if (faults.length === 0) return
  const suppressions = suppressionsOf(nodes, root, builtFrom)
  const met = faults.filter(({ problem }) => unsuppressed([problem], suppressions).length > 0)
  if (met.length === 0) return
  const told = met.map(({ problem, shown }) => `  ${problem.path}: ${problem.message}\n${indented(shown)}`)
  const rules = [...new Set(met.map(({ problem }) => problem.rule))]
  throw new ApimKitError(
    'invalid-expression',
    [messages.expressionsRefused(), ...told, messages.refusedWrongly(rules)].join('\n'),
    { problems: met.map(({ problem }) => problem) },
  )
}

/** A fault as data, and the line of the expression with a caret under the culprit. */
interface Met {
  readonly problem: Problem
  readonly shown: string
}

function faultsIn(root: Element): Met[] {
  const found: Met[] = []
  walk(root, builtFrom, (visited) => {
    for (const placed of placedExpressions(visited)) found.push(...errorsOf(placed))
  })
  return found
}

/** What the checker that an expression brings says against it. */
const errorsOf = (placed: PlacedExpression): Met[] =>
  (placed.value.faultsAt?.(placed) ?? []).flatMap((fault) => (fault.severity === 'error' ? [met(placed, fault)] : []))

function met({ value: { source }, path }: PlacedExpression, { rule, message, start }: ExpressionFault): Met {
  const { line, column } = new SourcePositions(source).at(start)
  const placed = `${message} (line ${line}, column ${column} of the expression)`
  return {
    problem: { rule, severity: 'error', message: placed, path, line, column },
    shown: caretAt(source, start),
  }
}

const indented = (text: string): string => text.replace(/^/gm, '    ')
