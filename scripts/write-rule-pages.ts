/** Writes docs/rules from the rules themselves: `npm run docs:rules`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ruleDescriptions } from '../packages/policy-dsl/src/rules/index.js'
import { pageName, rulePage, rulesPage } from './rule-page.js'

const folder = fileURLToPath(new URL('../docs/rules/', import.meta.url))

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const rule of ruleDescriptions) writeFileSync(join(folder, pageName(rule.id)), rulePage(rule))
writeFileSync(join(folder, 'README.md'), rulesPage(ruleDescriptions))
