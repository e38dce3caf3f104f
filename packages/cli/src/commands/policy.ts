import { isPolicyContent, type PolicyContent, type Problem } from '@apim-kit/core'
import { Command, Option } from 'commander'
import { exitCode } from '../exit-codes.js'
import { documentsOf, readText, targetsBelow, writeText, type InputFile } from '../files.js'
import { loadExport } from '../load-module.js'
import { printProblems, summary, toReport, type FileReport } from '../problems.js'
import type { Finish } from '../program.js'
import { toSarif } from '../sarif.js'
import { json, line, type Terminal } from '../terminal.js'
import { UsageError } from '../usage-error.js'
import { addPolicyImport } from './policy-import.js'

const toOption = (): Option =>
  new Option('--to <format>', 'which of the two texts').choices(['rawxml', 'xml']).default('rawxml')

/** `apim-kit policy check | format | import | render`. */
export function policyCommand(terminal: Terminal, finish: Finish): Command {
  const policy = new Command('policy').description('check, format, import and render policy documents')
  policy
    .command('check')
    .description('read documents and fragments and print their problems')
    .argument('<path...>', 'files, or folders with .xml files')
    .addOption(
      new Option('--scope <scope>', 'where the documents stand').choices([
        'global',
        'workspace',
        'product',
        'api',
        'operation',
      ]),
    )
    .addOption(new Option('--tier <tier>', 'the service tier they are for').choices(tiers))
    .addOption(new Option('--json', 'one JSON document').conflicts('sarif'))
    .option('--sarif', 'one SARIF 2.1.0 document')
    .action((paths: string[], options: CheckOptions) => check(terminal, finish, paths, options))
  policy
    .command('format')
    .description('print documents in the house layout')
    .argument('<path...>', 'files, or folders with .xml files')
    .addOption(toOption())
    .addOption(new Option('--write', 'write the files back').conflicts(['check', 'out']))
    .addOption(new Option('--check', 'only say which files are not in the house layout').conflicts('out'))
    .option('--out <dir>', 'write every document below a folder, at its relative path')
    .action((paths: string[], options: FormatOptions) => format(terminal, finish, paths, options))
  addPolicyImport(policy, terminal, finish)
  policy
    .command('render')
    .description('print the document that a module builds')
    .argument('<module>', 'a TypeScript or JavaScript module')
    .option('--export <name>', 'which export of the module', 'default')
    .addOption(toOption())
    .action((module: string, options: RenderOptions) => render(terminal, module, options))
  return policy
}

const tiers = [
  'consumption',
  'developer',
  'basic',
  'basicv2',
  'standard',
  'standardv2',
  'premium',
  'premiumv2',
  'self-hosted',
] as const

type Format = 'rawxml' | 'xml'

interface CheckOptions {
  readonly scope?: 'global' | 'workspace' | 'product' | 'api' | 'operation'
  readonly tier?: (typeof tiers)[number]
  readonly json?: boolean
  readonly sarif?: boolean
}

async function check(
  terminal: Terminal,
  finish: Finish,
  paths: readonly string[],
  options: CheckOptions,
): Promise<void> {
  const files = await documentsOf(paths)
  const found = await Promise.all(files.map((file) => checkFile(terminal, file, options)))
  const reports = found.filter((report) => report !== undefined)
  const report = toReport(reports)
  if (options.json === true) json(terminal, report)
  else if (options.sarif === true)
    json(terminal, toSarif(reports, (await import('@apim-kit/policy-dsl')).ruleDescriptions))
  else {
    for (const file of reports) printProblems(terminal, file)
    line(terminal.err, summary(report))
  }
  if (reports.length < found.length) finish(exitCode.usage)
  else finish(report.errors + report.warnings > 0 ? exitCode.problems : exitCode.clean)
}

/** The problems of one file, in the order of its text; undefined, and said so, where it cannot be read. */
async function checkFile(
  terminal: Terminal,
  file: InputFile,
  { scope, tier }: CheckOptions,
): Promise<FileReport | undefined> {
  const text = await readOrReport(terminal, file)
  if (text === undefined) return undefined
  const { check: checkDocument, read } = await import('@apim-kit/policy-dsl')
  const { document, problems } = read(text)
  // Fragments lie beside the documents that include them: their policies run at that scope.
  const form = document?.root.name === 'fragment' ? ('fragment' as const) : undefined
  const place = {
    ...(scope === undefined ? {} : { scope }),
    ...(tier === undefined ? {} : { tier }),
    ...(form === undefined ? {} : { form }),
  }
  const found = document === undefined ? [] : checkDocument(document, place)
  return { file: file.path, problems: inOrderOfText([...problems, ...withoutEchoes(found, problems)]) }
}

/** An expression that does not end is told by the reader; what the parser says of it follows from that. */
function withoutEchoes(found: readonly Problem[], read: readonly Problem[]): Problem[] {
  const told = new Set(read.map(({ rule, path }) => `${rule} ${path}`))
  return found.filter(({ rule, path }) => rule !== 'policy/expression' || !told.has(`${rule} ${path}`))
}

const inOrderOfText = (problems: readonly Problem[]): Problem[] =>
  problems.toSorted((one, other) => (one.line ?? 1) - (other.line ?? 1) || (one.column ?? 1) - (other.column ?? 1))

interface FormatOptions {
  readonly to: Format
  readonly write?: boolean
  readonly check?: boolean
  readonly out?: string
}

async function format(
  terminal: Terminal,
  finish: Finish,
  paths: readonly string[],
  options: FormatOptions,
): Promise<void> {
  const files = await documentsOf(paths)
  const targets = options.out === undefined ? undefined : targetsBelow(options.out, files)
  let clean = true
  for (const [index, file] of files.entries())
    if (!(await formatFile(terminal, file, options, targets?.[index]))) clean = false
  finish(clean ? exitCode.clean : exitCode.problems)
}

/** Formats one document to where the options say; false where it could not be read or is not in the house layout. */
async function formatFile(
  terminal: Terminal,
  file: InputFile,
  options: FormatOptions,
  target: string | undefined,
): Promise<boolean> {
  const text = target === undefined ? await readText(file.path) : await readOrReport(terminal, file)
  if (text === undefined) return false
  const formatted = await formatText(text, options.to)
  if (typeof formatted !== 'string') {
    printProblems({ ...terminal, out: terminal.err }, { file: file.path, problems: formatted })
    return false
  }
  if (options.check === true) {
    if (text !== formatted) line(terminal.out, file.path)
    return text === formatted
  }
  if (target !== undefined) await writeText(target, formatted)
  else if (options.write === true) await writeText(file.path, formatted)
  else terminal.out.write(formatted)
  return true
}

/** Of many files one that cannot be read is reported, and the rest go on. */
async function readOrReport(terminal: Terminal, { path }: InputFile): Promise<string | undefined> {
  try {
    return await readText(path)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    line(terminal.err, `error: ${error.message}`)
    return undefined
  }
}

/** The formatted text, or why the document cannot be read. A text with errors is never written back: something might be lost. */
async function formatText(text: string, to: Format): Promise<string | readonly Problem[]> {
  const { read } = await import('@apim-kit/policy-dsl')
  const { document, problems } = read(text)
  const faults = problems.filter(({ severity }) => severity === 'error')
  return document === undefined || faults.length > 0 ? faults : written(document, to)
}

function written(document: PolicyContent, to: Format): string {
  const text = to === 'xml' ? document.toXml() : document.toRawXml()
  return text.endsWith('\n') ? text : `${text}\n`
}

interface RenderOptions {
  readonly export: string
  readonly to: Format
}

async function render(terminal: Terminal, module: string, options: RenderOptions): Promise<void> {
  const document = await loadExport(module, options.export, isPolicyContent, 'policy document')
  terminal.out.write(written(document, options.to))
}
