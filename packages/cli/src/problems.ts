import type { Problem } from '@apim-kit/core'
import { line, paint, type Terminal } from './terminal.js'

/** The problems of one file: an entry of `policy check --json`. */
export interface FileReport {
  readonly file: string
  readonly problems: readonly Problem[]
}

/** The document of `policy check --json`. */
export interface CheckReport {
  readonly files: readonly FileReport[]
  readonly errors: number
  readonly warnings: number
}

/** Counts what was found. The keys of a problem stand in the order that the command line's contract shows. */
export function toReport(found: readonly FileReport[]): CheckReport {
  const files = found.map(({ file, problems }) => ({ file, problems: problems.map(inOrder) }))
  const all = files.flatMap(({ problems }) => problems)
  const errors = all.filter(({ severity }) => severity === 'error').length
  return { files, errors, warnings: all.length - errors }
}

function inOrder({ rule, severity, message, line: row, column, path }: Problem): Problem {
  return {
    rule,
    severity,
    message,
    ...(row === undefined ? {} : { line: row }),
    ...(column === undefined ? {} : { column }),
    path,
  }
}

/** Prints problems as compilers do: `file:line:column severity message [rule]`. */
export function printProblems(terminal: Terminal, { file, problems }: FileReport): void {
  for (const { severity, message, rule, line: row = 1, column = 1, path } of problems) {
    const word = paint(terminal, terminal.out, severity === 'error' ? 'red' : 'yellow', severity)
    const place = path === '' ? '' : paint(terminal, terminal.out, 'dim', ` at ${path}`)
    line(terminal.out, `${file}:${row}:${column} ${word} ${message}${place} [${rule}]`)
  }
}

/** `3 problems (2 errors, 1 warning) in 4 files`. */
export function summary({ files, errors, warnings }: CheckReport): string {
  const total = errors + warnings
  const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  if (total === 0) return `no problems in ${counted(files.length, 'file')}`
  return `${counted(total, 'problem')} (${counted(errors, 'error')}, ${counted(warnings, 'warning')}) in ${counted(files.length, 'file')}`
}
