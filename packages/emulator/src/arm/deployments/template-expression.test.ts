import { expect, it } from 'vitest'
import { evaluate, type TemplateFunctions } from './template-expression.js'

const functions: TemplateFunctions = {
  concat: (...parts) => parts.map(String).join(''),
  service: () => ({ identity: { principalId: 'p' } }),
}

it.each([
  ['plain', 'plain'],
  ['[concat()', '[concat()'],
  ['[[concat()]', '[concat()]'],
  [`[concat('it''s', '[', -7)]`, `it's[-7`],
  ['[ service().Identity.principalid ]', 'p'],
  [`[service()['identity'].principalId]`, 'p'],
  [{ a: [`[concat('x')]`, 1, null] }, { a: ['x', 1, null] }],
])('%j is %j', (template, value) => {
  expect(evaluate(template, functions)).toEqual(value)
})

it.each([
  ['[concat(]', 'InvalidTemplate'],
  [`[concat('a') 'b']`, 'InvalidTemplate'],
  ['[service().nothing]', 'InvalidTemplate'],
  ['[unheardOf()]', 'NotSupportedByEmulator'],
])('%s is refused: %s', (template, code) => {
  expect(() => evaluate(template, functions)).toThrow(expect.objectContaining({ code }))
})
