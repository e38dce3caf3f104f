import type { RuleDescription } from '@apim-kit/policy-dsl'
import { ruleExample } from '../packages/policy-dsl/test/rule-example.js'

/** The page of a rule, Markdown: docs/rules/<name>.md. */
export function rulePage(rule: RuleDescription): string {
  const { id, severity, title, why, bad, good, source, asks, loud } = rule
  const severities = { error: 'Error.', warning: 'Warning.', either: 'Error or warning, by what was met.' }
  return [
    `# ${id}`,
    `${title}. ${severities[severity]}${asks === undefined ? '' : ` It is looked for only where the caller tells ${asked(asks)}.`}`,
    why,
    '## Bad',
    xml(bad),
    `\`\`\`text\n${told(rule)}\n\`\`\``,
    '## Good',
    xml(good),
    '## To keep it quiet',
    ...(loud === undefined ? quiet(id) : [`No comment does. ${loud}`]),
    '## Source',
    source,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

const quiet = (id: string): string[] => [
  xml(`<!-- apim-kit-disable-next ${id} why -->`),
  'before an element, for that element and what stands in it; `apim-kit-disable-file` anywhere, for the whole document.',
]

/** What the checker says of the bad example, with places in the example. */
function told(rule: RuleDescription): string {
  const { text, start, problems } = ruleExample(rule, 'bad')
  const before = text.slice(0, start).length
  return problems
    .map(
      ({ line = 1, column = 1, severity, message }) =>
        `${line}:${line === 1 ? column - before : column} ${severity} ${message}`,
    )
    .join('\n')
}

/** The page that lists all rules. */
export function rulesPage(rules: readonly RuleDescription[]): string {
  const rows = rules
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, severity, title }) => `| [${id}](${pageName(id)}) | ${severity} | ${title} |`)
  return [
    '# Rules of `apim-kit policy check`',
    '',
    'Generated from `packages/policy-dsl/src/rules` by `npm run docs:rules`.',
    '',
    '| rule | severity | what |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** The file of a rule's page. */
export const pageName = (id: string): string => `${id.replace('policy/', '')}.md`

const asked = (asks: NonNullable<RuleDescription['asks']>): string =>
  Object.keys(asks)
    .map((option) =>
      option === 'tier' ? 'the tier or the gateway' : option === 'declared' ? 'what is declared' : `the ${option}`,
    )
    .join(' and ')

/** A long example shows how it begins. */
const xml = (text: string): string => {
  const lines = text
    .split('\n')
    .map((line) => (line.length > 400 ? `${line.slice(0, 200)} … ${line.slice(-40)}` : line))
  return `\`\`\`xml\n${lines.join('\n')}\n\`\`\``
}
