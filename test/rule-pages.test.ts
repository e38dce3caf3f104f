import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ruleDescriptions } from '@apim-kit/policy-dsl'
import { expect, it } from 'vitest'
import { pageName, rulePage, rulesPage } from '../scripts/rule-page.js'
import { root } from './pack.js'

const folder = join(root, 'docs/rules')
const page = (name: string): string => readFileSync(join(folder, name), 'utf8')

it.each(ruleDescriptions.map((rule) => [rule.id, rule] as const))('the page of %s is up to date', (id, rule) => {
  expect(page(pageName(id))).toBe(rulePage(rule))
})

it('lists all rules on one page, and there are no pages of others', () => {
  const names = ruleDescriptions.map(({ id }) => pageName(id))
  expect(readdirSync(folder).toSorted()).toEqual([...names, 'README.md'].toSorted())
  expect(page('README.md')).toBe(rulesPage(ruleDescriptions))
})
