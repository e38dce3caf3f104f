import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ruleExample } from '../../test/rule-example.js'
import { ruleDescriptions } from '../index.js'

// Every rule by its own examples; a new one is tested by being in the list.

/** The offset of a place in a text. */
const offsetOf = (text: string, line: number, column: number): number =>
  text
    .split('\n')
    .slice(0, line - 1)
    .join('\n').length +
  (line === 1 ? 0 : 1) +
  column -
  1

describe.each(ruleDescriptions.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const bad = ruleExample(rule, 'bad')

  test('is all that is found in the bad example', () => {
    expect([...new Set(bad.problems.map((problem) => problem.rule))]).toEqual([id])
  })

  test('is met with its severity, at the place that the description tells', () => {
    const [{ severity, line = 0, column = 0 } = { severity: undefined }] = bad.problems
    if (rule.severity !== 'either') expect(severity).toBe(rule.severity)
    expect(bad.text.slice(offsetOf(bad.text, line, column))).toMatch(
      new RegExp(`^${rule.at.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`),
    )
  })

  test('is not found in the good one, and nothing else is', () => {
    expect(ruleExample(rule, 'good').problems).toEqual([])
  })
})

// The comment of what is not read is lost: its document is put together from parts of another one.
const read = ruleDescriptions.filter((rule) => rule.met !== 'unread').map((rule) => [rule.id, rule] as const)

test.each(read)('a comment that names %s keeps it quiet, unless its page says that none does', (id, rule) => {
  const { problems } = ruleExample(rule, 'bad', `<!-- apim-kit-disable-file ${id} for a reason -->`)
  expect(problems.map((problem) => problem.rule)).toEqual(
    rule.loud === undefined ? [] : [id, 'policy/unused-suppression'],
  )
})

test('every rule has its own id, and its own file that is called like it', () => {
  const ids = ruleDescriptions.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) {
    const file = readFileSync(new URL(`./${id.replace('policy/', '')}.ts`, import.meta.url), 'utf8')
    expect(file).toContain(`id: '${id}'`)
  }
})

test('every id that the reader reports has a description', () => {
  // What goes through the Reporter does not compile otherwise.
  const sources = ['check-expressions', 'tree-builder', 'parse-document', 'rules/suppressions'].map((name) =>
    readFileSync(new URL(`../${name}.ts`, import.meta.url), 'utf8'),
  )
  const reported = sources.flatMap((source) => Array.from(source.matchAll(/'(policy\/[a-z-]+)'/g), (match) => match[1]))
  expect(reported.length).toBeGreaterThan(3)
  for (const id of reported) expect(ruleDescriptions.map((rule) => rule.id)).toContain(id)
})
