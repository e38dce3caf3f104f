import { expect, it } from 'vitest'
import { check, read } from './index.js'
import { Reporter } from './reporter.js'

it('guesses what was meant as often as people misspell', () => {
  const reporter = new Reporter()
  const guesses = Array.from({ length: 1100 }, () => reporter.guessAmong(['base']))
  expect(guesses.filter((known) => known.length > 0)).toHaveLength(1000)
})

it('tells every fault of a text all the same', () => {
  const strange = Array.from({ length: 1200 }, (_, i) => `<set-hedr a${i}="b" /><set-header nam="a" />`).join('')
  const { document } = read(
    `<policies><inbound><base />${strange}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
  )
  const problems = document === undefined ? [] : check(document)
  const unknown = problems.filter(({ rule }) => rule === 'policy/unknown-policy')
  expect(unknown).toHaveLength(1200)
  expect(unknown[0]?.message).toContain('did you mean "set-header"?')
  expect(unknown.at(-1)?.message).toContain('see the policy reference')
  expect(problems.filter(({ rule }) => rule === 'policy/unknown-attribute')).toHaveLength(1200)
})
