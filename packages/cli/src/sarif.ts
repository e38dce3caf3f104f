import type { Problem } from '@apim-kit/core'
import type { RuleDescription } from '@apim-kit/policy-dsl'
import type { FileReport } from './problems.js'

/**
 * The findings as SARIF 2.1.0, the format that code scanning services read
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
 *
 * The pages of the rules have no public address yet, so their text itself is in the log, and no `helpUri`.
 *
 * @param descriptions - what people read about rules; those that were met are put into the log
 */
export function toSarif(files: readonly FileReport[], descriptions: readonly RuleDescription[]): object {
  const rules = [...new Set(files.flatMap(({ problems }) => problems.map(({ rule }) => rule)))].toSorted()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'apim-kit',
            rules: rules.map((id) =>
              toRule(
                id,
                descriptions.find((each) => each.id === id),
              ),
            ),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(({ file, problems }) => problems.map((problem) => toResult(file, problem, rules))),
      },
    ],
  }
}

function toRule(id: string, description: RuleDescription | undefined): object {
  if (description === undefined) return { id }
  const { title, why, severity, bad, good } = description
  const examples = `\n\nBad:\n\n\`\`\`xml\n${bad}\n\`\`\`\n\nGood:\n\n\`\`\`xml\n${good}\n\`\`\``
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: { text: why, markdown: `${why}${examples}` },
    defaultConfiguration: { level: severity === 'warning' ? 'warning' : 'error' },
  }
}

function toResult(file: string, problem: Problem, rules: readonly string[]): object {
  const { rule, severity, message, line = 1, column = 1, path } = problem
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: severity,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) },
          region: { startLine: line, startColumn: column },
        },
        ...(path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
  }
}
