import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'
import { describe, expect, test } from 'vitest'
import * as dsl from '../src/index.js'
import { check, importPolicy, read, type PolicyDocument } from '../src/index.js'
import { sameComments } from '../src/import/comments.js'
import { othersCorpus, ownCorpus } from './corpus.js'

// What has to be true of every document, whoever wrote it.

/** What `check` says of the project's documents, where it says anything. */
const findings: Readonly<Record<string, readonly string[]>> = {
  'broken-expressions.xml': ['4 error policy/expression', '5 error policy/expression', '7 error policy/expression'],
  'named-values.xml': ['12 error policy/unexpected-text'],
  'with-faults.xml': [
    '2 warning policy/missing-base',
    '3 error policy/unknown-policy',
    '4 error policy/wrong-value',
    '5 error policy/expression',
    '8 warning policy/literal-secret',
    '10 warning policy/unset-variable',
    '11 error policy/wrong-section',
    '15 error policy/one-policy-in-backend',
    '22 warning policy/unreachable-policy',
  ],
}

/** How many policies, or whole documents, the importer takes as they stand, where it does. */
const takenAsTheyStand: Readonly<Record<string, number>> = {
  // What builders refuse to make.
  'broken-expressions.xml': 3,
  'with-faults.xml': 3,
  // Comments where a builder has no place for them: behind the last branch, and beside a document that is one policy.
  'comments-everywhere.xml': 1,
  'resolver-with-comment.xml': 1,
  // Markup as a body, and text among policies.
  'liquid-soap.xml': 1,
  'named-values.xml': 1,
}

const jiti = createJiti(import.meta.url, { fsCache: false, virtualModules: { '@apim-kit/policy-dsl': dsl } })

const run = (module: string): PolicyDocument =>
  (
    jiti.evalModule(module, { filename: fileURLToPath(new URL('imported.ts', import.meta.url)) }) as {
      readonly default: PolicyDocument
    }
  ).default

const texts = ({ nodes }: PolicyDocument): string[] => nodes.map((node) => (node.kind === 'comment' ? node.text : ''))

/** The same to the service, and the same comments at the same places. */
function expectSame(one: PolicyDocument, other: PolicyDocument): void {
  expect(one.difference(other)).toBeUndefined()
  expect(sameComments(one.root, other.root)).toBe(true)
  expect(texts(one)).toEqual(texts(other))
}

/** XML allows no `--` in a comment, so a document that has one is written as `xml` with blanks between. */
const hasDashes = (document: PolicyDocument): boolean => /<!--(?:(?!-->)[^])*?--(?!>)/.test(document.toRawXml())

function documentOf(text: string, format: 'xml' | 'rawxml' | 'auto' = 'auto'): PolicyDocument {
  const { document, problems } = read(text, { format })
  expect(problems).toEqual([])
  if (document === undefined) throw new Error('no document was read')
  return document
}

describe.each([...ownCorpus(), ...othersCorpus()])('$name', ({ text }) => {
  test('is read without a problem', () => {
    expect(read(text).problems).toEqual([])
  })

  test.each(['xml', 'rawxml'] as const)('written as %s it reads back, and the second text is the first', (format) => {
    const document = documentOf(text)
    const write = (each: PolicyDocument): string => (format === 'xml' ? each.toXml() : each.toRawXml())
    const written = write(document)
    for (const how of [format, 'auto'] as const) {
      const again = documentOf(written, how)
      if (format === 'xml' && hasDashes(document)) expect(again.difference(document)).toBeUndefined()
      else expectSame(again, document)
      expect(write(again)).toBe(written)
    }
    expect(document.equals(written)).toBe(true)
  })

  test('imported and run, it is what it was', () => {
    expectSame(run(importPolicy(text)), documentOf(text))
  })
})

describe.each(ownCorpus())('$name', ({ name, text }) => {
  test('has the findings that it is meant to have', () => {
    const found = check(documentOf(text)).map(({ line, severity, rule }) => `${line} ${severity} ${rule}`)
    expect(found.toSorted()).toEqual([...(findings[name] ?? [])].toSorted())
  })

  test('is imported with builders, but for what they have no word for', () => {
    expect(importPolicy(text).match(/\braw(?:Policy|Document)\(/g)?.length ?? 0).toBe(takenAsTheyStand[name] ?? 0)
  })
})
