import { ApimKitError } from '@apim-kit/core'
import type { PolicyDocument } from '../document.js'
import { expectDocument } from '../expected-document.js'
import { read } from '../read.js'
import { importsOf, type Code } from './code.js'
import { liftConstants, type Constant } from './constants.js'
import { documentCode } from './document-code.js'
import { printCode, printProperty } from './print-code.js'

/**
 * The TypeScript module that builds a document, written as a person would write it with this package. Its default export is a
 * document that equals the given one, comments included; what no builder makes is a `rawPolicy`, with a comment that says why.
 *
 * @param source - a document or fragment, or its text in either format
 * @throws ApimKitError `invalid-policy` where the text cannot be read without a doubt
 * @example
 * await writeFile('orders.ts', importPolicy(await readFile('orders.xml', 'utf8')))
 */
export function importPolicy(source: PolicyDocument | string): string {
  const document = typeof source === 'string' ? readWhole(source) : source
  expectDocument('importPolicy', document)
  const { code: whole, note } = documentCode(document)
  const { code, constants } = liftConstants(whole)
  const parts = [importLine([code, ...constants.map((each) => each.code)])]
  if (constants.length > 0) parts.push(constants.map(constantLine).join('\n'))
  const begin = 'export default '
  parts.push(`${noteLines(note)}${begin}${printCode(code, 0, begin.length)}`)
  return `${parts.join('\n\n')}\n`
}

function readWhole(text: string): PolicyDocument {
  const { document, problems } = read(text)
  const faults = problems.filter(({ severity }) => severity === 'error')
  if (document === undefined || faults.length > 0)
    throw ApimKitError.of('invalid-policy', 'the policy document cannot be read:', faults)
  return document
}

function importLine(codes: readonly Code[]): string {
  const names = [...new Set(codes.flatMap(importsOf))].toSorted()
  const line = `import { ${names.join(', ')} } from '@apim-kit/policy-dsl'`
  return line.length <= 120
    ? line
    : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '@apim-kit/policy-dsl'`
}

const constantLine = ({ name, code }: Constant): string => printProperty(`const ${name}`, code, 0, ' =')

const noteLines = (note: string | undefined): string =>
  note?.replace(/^.*\n?/gm, (line) => (line === '' ? '' : `// ${line.trimEnd()}\n`)) ?? ''
