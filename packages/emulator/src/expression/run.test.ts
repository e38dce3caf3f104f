import { describe, expect, it } from 'vitest'
import { contextFromJson } from './context/context-json.js'
import { compileExpression } from './evaluate.js'
import { evaluateExpression } from './evaluate-batch.js'

const context = contextFromJson()

describe('limits', () => {
  it.each([
    ['a loop', '@{ while (true) { } }'],
    ['a goto', '@{ again: goto again; }'],
    ['a sequence', '@(Enumerable.Range(0, int.MaxValue).Where(x => x < 0).Count())'],
    ['a sort', '@(Enumerable.Range(0, 3000000).OrderBy(x => -x).First())'],
    ['a pattern that explodes', '@(Regex.IsMatch(new string(\'a\', 60) + "!", "^(a+)+$"))'],
    ['a catch that hides it', '@{ while (true) { try { while (true) { } } catch { } } }'],
  ])('%s ends after the time limit', (_name, expression) => {
    const compiled = compileExpression(expression, { timeLimit: 50 })
    const start = performance.now()
    expect(() => compiled.evaluate(context)).toThrow('The expression was stopped after 0.05 seconds.')
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it.each([
    ['a string that doubles', '@{ var s = "x"; while (true) s += s; }'],
    ['a string of a given length', "@(new string('x', int.MaxValue))"],
    ['padding', '@("a".PadLeft(int.MaxValue))'],
    ['an array', '@(new int[int.MaxValue])'],
    ['a list', '@{ var l = new List<int>(); while (true) l.Add(1); }'],
    ['a builder', "@{ var b = new StringBuilder(); while (true) b.Append(new string('x', 100000)); }"],
    ['a replacement', '@{ var s = "aa"; while (true) s = s.Replace("a", "aaaaaaaaaa"); }'],
  ])('%s ends at the memory limit', (_name, expression) => {
    expect(evaluateExpression(expression)).toMatchObject({ ok: false, error: { code: 'OutOfMemoryException' } })
  })

  it('deep recursion ends before the stack does', () => {
    expect(evaluateExpression('@{ int Depth(int n) => Depth(n + 1) + 1; return Depth(0); }')).toMatchObject({
      ok: false,
      error: { code: 'InsufficientExecutionStackException' },
    })
  })
})

describe('no way to the host', () => {
  it.each([
    '@("".constructor)',
    '@("".__proto__)',
    '@(new object().prototype)',
    '@(context.constructor)',
    '@(globalThis)',
    '@(process.env)',
    '@(require("fs"))',
    '@(context.Variables.constructor)',
    '@((new int[0]).items)',
    '@(System.IO.File.ReadAllText("/etc/passwd"))',
    '@(Environment.GetEnvironmentVariable("PATH"))',
  ])('%s does not compile', (expression) => {
    const row = evaluateExpression(expression)
    expect(row.ok).toBe(false)
    expect(row.ok ? '' : row.error.code).toMatch(/^(CS\d{4}|APIM0001)$/)
  })

  it.each([
    ['@(context.Variables.ContainsKey("__proto__"))', 'False'],
    ['@(context.Request.Headers.GetValueOrDefault("constructor", "none"))', 'none'],
    ['@(JObject.Parse("{\\"__proto__\\": {\\"a\\": 1}}")["a"] == null)', 'True'],
    ['@(JsonConvert.DeserializeObject<Dictionary<string, int>>("{\\"__proto__\\": 1}")["__proto__"])', '1'],
    ['@(new Dictionary<string, int> { ["toString"] = 1 }["toString"])', '1'],
  ])('%s is data', (expression, text) => expect(evaluateExpression(expression)).toMatchObject({ ok: true, text }))
})
