import { describe, expect, it } from 'vitest'
import { evaluateExpression, type EvaluationResult } from '../src/expression/index.js'
import { type Answer, quote, readAnswers } from './answer-table.js'

/** Where the answers of each folder come from. */
const origins = {
  observed: 'what a real .NET runtime answered',
  tables: 'the rows of the reference tables of C# semantics that were run on .NET',
  known: 'what .NET is known to answer, most of it from runs, the rest from its documentation and sources',
} as const

for (const folder of ['observed', 'tables', 'known'] as const) {
  describe(`${origins[folder]} (answers/${folder})`, () => {
    for (const table of readAnswers(folder)) {
      describe(table.name, () => {
        for (const { title, rows } of table.groups) {
          describe(title, () => {
            it.each(rows.map((row) => [titleOf(row), row] as const))('%s', (_, row) => {
              const { expression, context, runtime, expected } = row
              const answer = lineOf(evaluateExpression(expression, context, { runtime }))
              expect(asTold(answer, expected), row.place).toBe(expected)
            })
          })
        }
      })
    }
  })
}

function titleOf({ expression, runtime }: Answer): string {
  const line = expression.trim().replace(/\s+/g, ' ')
  return `${line.length > 120 ? `${line.slice(0, 120)}…` : line}${runtime === 'core' ? ' (core)' : ''}`
}

/** Leaves out of an answer what the table leaves out: an error's message, or its place too. */
function asTold(answer: string, expected: string): string {
  const told = /^! [^\s:]+(?<place> \d+:\d+)?(?<message>: .*)?$/.exec(expected)?.groups
  if (told === undefined || told['message'] !== undefined) return answer
  const error = answer.replace(/: .*$/, '')
  return told['place'] === undefined ? error.replace(/ \d+:\d+$/, '') : error
}

function lineOf(result: EvaluationResult): string {
  if (!result.ok) {
    const { code, line, column, message } = result.error
    return `! ${code}${line === undefined ? '' : ` ${line}:${column}`}: ${quote(message)}`
  }
  if (result.type === null) return '= null'
  const type = /^System\.\w+$/.test(result.type) ? result.type.slice('System.'.length) : result.type
  return `= ${type} ${quote(result.text)}`
}
