import type { Problem } from '@apim-kit/core'
import type { FileReport } from './problems.js'

/**
 * The findings as SARIF 2.1.0, the format that code scanning services read
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
 */
export function toSarif(files: readonly FileReport[]): object {
  const rules = [...new Set(files.flatMap(({ problems }) => problems.map(({ rule }) => rule)))].toSorted()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'apim-kit', rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(({ file, problems }) => problems.map((problem) => toResult(file, problem, rules))),
      },
    ],
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
