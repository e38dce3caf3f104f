import { expect, it } from 'vitest'
import { ApimKitError } from './errors.js'

const problem = { rule: 'a/b', severity: 'error', message: 'is wrong', path: 'inbound' } as const

it('lists problems with the places in the text that they are about', () => {
  const { message, problems } = ApimKitError.of('invalid-input', 'it is not valid:', [
    problem,
    { ...problem, path: '', line: 3 },
    { ...problem, line: 3, column: 7 },
  ])
  expect(message.split('\n')).toEqual([
    'it is not valid:',
    '  inbound: is wrong',
    '  is wrong (line 3)',
    '  inbound: is wrong (line 3, column 7)',
  ])
  expect(problems).toHaveLength(3)
})
