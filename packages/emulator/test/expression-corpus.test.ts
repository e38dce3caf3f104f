import { describe, expect, it } from 'vitest'
import { corpus } from '../fuzz/corpus.js'
import { evaluateExpression } from '../src/expression/index.js'
import { readAnswers } from './answer-table.js'

/** What the expressions of our own corpus read. */
const request = {
  method: 'POST',
  url: 'https://contoso.azure-api.net/echo/items/5?x=1',
  headers: { 'X-A': ['a'], Authorization: ['Basic dXNlcjpwYXNz'] },
  body: '{"a": 1}',
}
const variables = {
  s: { type: 'string', value: 'x' },
  n: { type: 'int', value: 5 },
  r: { type: 'IResponse', value: { statusCode: 200, headers: {}, body: '{"a": 1}' } },
  'auth-context': { type: 'Authorization', value: { accessToken: 't', claims: {} } },
}

/** Every published expression that compiles, in the contexts in which a real .NET runtime has run it. */
const published = readAnswers('observed')
  .filter(({ name }) => name.startsWith('published-'))
  .flatMap(({ groups }) => groups.flatMap(({ rows }) => rows))
  .filter(({ expected }) => !expected.startsWith('! CS'))

const failures = (cases: readonly { expression: string; context: unknown }[]): string[] =>
  cases.flatMap(({ expression, context }) => {
    const result = evaluateExpression(expression, context)
    return result.ok ? [] : [`${result.error.code} in ${expression}`]
  })

describe('a corpus, evaluated', () => {
  const own = corpus.map((expression) => ({ expression, context: { request, variables } }))

  for (const [name, cases] of Object.entries({ 'of our own': own, published })) {
    const failed = failures(cases)
    const share = ((cases.length - failed.length) / cases.length) * 100

    it(`${name}: ${cases.length - failed.length} of ${cases.length} give a value, ${share.toFixed(1)} %`, () => {
      expect(share, failed.join('\n')).toBeGreaterThanOrEqual(95)
    })
  }

  it('throws in the published ones only what .NET threw', () => {
    const thrown = published.filter(({ expected }) => expected.startsWith('!'))
    expect(failures(published)).toHaveLength(thrown.length)
  })
})
