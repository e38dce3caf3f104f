import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const edges = [0, 1, -1, 2, 7, -7, 2147483647, -2147483648, 65536]
const int = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: -2147483648, max: 2147483647 }))

/** What C# gives, in numbers of any size that are cut to 32 bits. */
const operators: Readonly<Record<string, (a: bigint, b: bigint) => bigint | boolean>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
}

/** Operands as a local, a constant, and neither. */
const forms: Readonly<Record<string, (operator: string, a: number, b: number) => string>> = {
  'two locals': (operator, a, b) => `@{ int a = ${a}; int b = ${b}; return a ${operator} b; }`,
  'a local and a constant': (operator, a, b) => `@{ int a = ${a}; return a ${operator} (${b}); }`,
  'a value and a constant': (operator, _a, b) => `@((int)context.Variables["a"] ${operator} (${b}))`,
  'two values': (operator) => `@((int)context.Variables["a"] ${operator} (int)context.Variables["b"])`,
}

describe.each(Object.entries(forms))('an operator on %s', (_name, form) => {
  it.each(Object.entries(operators))('%s', (operator, apply) => {
    fc.assert(
      fc.property(int, int, (a, b) => {
        const divides = operator === '/' || operator === '%'
        fc.pre(!divides || (b !== 0 && b !== -1))
        const context = { variables: { a: { type: 'int', value: a }, b: { type: 'int', value: b } } }
        const result = apply(BigInt(a), BigInt(b))
        const text = typeof result === 'boolean' ? (result ? 'True' : 'False') : BigInt.asIntN(32, result).toString()
        expect(evaluateExpression(form(operator, a, b), context)).toMatchObject({ ok: true, text })
      }),
      { numRuns: 50 },
    )
  })
})
