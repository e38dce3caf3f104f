import type { Problem } from '../problems.js'

/**
 * What is wrong where exactly one of some fields has to be given: types say so, but cannot tell everybody.
 *
 * @param input - what was given; fields that are undefined count as left out
 * @param fields - the fields to choose from
 * @param within - the path of the group that they stand in. Default: the top
 */
export function choiceProblems(input: object, fields: readonly string[], within = ''): Problem[] {
  const given = fields.filter((field) => Reflect.get(input, field) !== undefined)
  if (given.length === 1) return []
  const path = `${within}${given[1] ?? fields[0] ?? ''}`
  if (given.length === 0) return [{ ...missing, path, message: `is missing; give ${fields.join(' or ')}` }]
  return [{ ...tooMany, path, message: `stands beside ${given[0] ?? ''}; give one of them` }]
}

/**
 * What is wrong where fields are given that have no place beside the others.
 *
 * @param reason - why not, and what to do: `a pool has none of its own; give it to the backends`
 */
export function misplacedProblems(input: object, fields: readonly string[], reason: string, within = ''): Problem[] {
  const given = fields.filter((field) => Reflect.get(input, field) !== undefined)
  return given.map((field) => ({ ...tooMany, path: `${within}${field}`, message: reason }))
}

const missing = { rule: 'input/missing', severity: 'error' } as const
const tooMany = { rule: 'input/misplaced', severity: 'error' } as const
