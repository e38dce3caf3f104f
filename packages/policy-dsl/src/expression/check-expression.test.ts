import { describe, expect, it } from 'vitest'
import { checkExpression } from './check-expression.js'

describe('checkExpression', () => {
  it.each([
    ['@(1 + 2L)', 'System.Int64'],
    ['@(context.Request.Body.As<JObject>()["a"])', 'Newtonsoft.Json.Linq.JToken'],
    ['@(context.Variables["a"])', 'System.Object'],
    ['plain text', 'System.String'],
  ])('gives the type of %s', (source, type) =>
    expect(checkExpression(source)).toEqual({ ok: true, type, problems: [] }),
  )

  it('says what C# has against it, counted from the start of the text', () => {
    expect(checkExpression('\n  @(1 +\n "a" * 2)')).toEqual({
      ok: false,
      problems: [
        {
          code: 'CS0019',
          severity: 'error',
          message: "Operator '*' cannot be applied to operands of type 'string' and 'int'",
          line: 3,
          column: 2,
        },
      ],
    })
  })

  it('says what the service has against it', () => {
    expect(checkExpression(' @(Regex.Escape("a"))')).toMatchObject({
      ok: false,
      problems: [{ code: 'APIM0002', severity: 'error', line: 1, column: 4 }],
    })
  })

  it('only warns of what published policies use all the same', () => {
    expect(checkExpression('@(context.Variables["a"].ToString())')).toMatchObject({
      ok: true,
      type: 'System.String',
      problems: [{ code: 'APIM0002', severity: 'warning', line: 1, column: 3 }],
    })
  })

  it('wants the type of the place', () => {
    expect(checkExpression('@("true")', { returns: 'bool' })).toMatchObject({
      ok: false,
      problems: [{ code: 'CS0029' }],
    })
  })
})
