import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { check, read, ruleDescriptions } from '../index.js'
import type { RuleDescription } from './rule.js'

const document = (xml: string): string =>
  /^<(?:policies|fragment|inbound)\b/.test(xml)
    ? xml
    : `<policies><inbound><base />${xml}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`

const rulesIn = (xml: string, { asks }: RuleDescription): string[] => {
  const { document: found, problems } = read(document(xml))
  return [...problems, ...(found === undefined ? [] : check(found, asks))].map(({ rule }) => rule)
}

const withExamples = ruleDescriptions.filter(({ bad }) => bad !== '')

describe.each(withExamples.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('is found in the bad example', () => {
    expect(rulesIn(rule.bad, rule)).toContain(id)
  })

  test('is not found in the good one, and nothing else is', () => {
    expect(rulesIn(rule.good, rule)).toEqual([])
  })
})

test('every rule has its own id', () => {
  const ids = ruleDescriptions.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('every id that the sources report has a description', () => {
  const sources = ['check-structure', 'check-element', 'check-expressions', 'tree-builder', 'parse-document'].map(
    (name) => readFileSync(new URL(`../${name}.ts`, import.meta.url), 'utf8'),
  )
  const reported = sources.flatMap((source) => [
    ...Array.from(source.matchAll(/\b(?:error|warning)\(\s*'([a-z-]+)'/g), (match) => `policy/${match[1]}`),
    ...Array.from(source.matchAll(/'(policy\/[a-z-]+)'/g), (match) => match[1]),
  ])
  expect(reported.length).toBeGreaterThan(30)
  for (const id of reported) expect(ruleDescriptions.map((rule) => rule.id)).toContain(id)
})
