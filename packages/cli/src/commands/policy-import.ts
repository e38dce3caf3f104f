import { ApimKitError, type Problem } from '@apim-kit/core'
import type { Command } from 'commander'
import { exitCode } from '../exit-codes.js'
import { documentsOf, readText, targetsBelow, writeText, type InputFile } from '../files.js'
import { printProblems } from '../problems.js'
import type { Finish } from '../program.js'
import { line, type Terminal } from '../terminal.js'
import { UsageError } from '../usage-error.js'

/** Adds `apim-kit policy import`. */
export function addPolicyImport(policy: Command, terminal: Terminal, finish: Finish): void {
  policy
    .command('import')
    .description('write the TypeScript that builds documents')
    .argument('<path...>', 'files, or folders with .xml files')
    .option('--out <path>', 'a .ts file for one document, or a folder with a module for every document')
    .action(async (paths: string[], { out }: { readonly out?: string }) => {
      const files = await documentsOf(paths)
      const targets = targetsOf(files, out)
      let clean = true
      for (const [index, file] of files.entries()) {
        const module = await moduleOf(terminal, file)
        if (module === undefined) clean = false
        else if (out === undefined) terminal.out.write(files.length > 1 ? `// ${file.path}\n${module}\n` : module)
        else await writeText(targets[index] ?? out, module)
      }
      finish(clean ? exitCode.clean : exitCode.problems)
    })
}

const isModule = (path: string): boolean => /\.[cm]?ts$/.test(path)

/** Where each module goes. */
function targetsOf(files: readonly InputFile[], out: string | undefined): string[] {
  if (out === undefined) return []
  if (isModule(out)) {
    if (files.length > 1)
      throw new UsageError(`${files.length} documents do not fit into ${out}; give --out a folder instead`)
    return [out]
  }
  return targetsBelow(out, files, (relative) => `${relative.replace(/\.xml$/i, '')}.ts`)
}

/** The module of a document; undefined where it cannot be read, which is reported. */
async function moduleOf(terminal: Terminal, { path }: InputFile): Promise<string | undefined> {
  const { importPolicy } = await import('@apim-kit/policy-dsl')
  const text = await readText(path)
  try {
    return importPolicy(text)
  } catch (error) {
    if (!(error instanceof ApimKitError)) throw error
    report(terminal, path, error.problems, error.message)
    return undefined
  }
}

function report(terminal: Terminal, file: string, problems: readonly Problem[] | undefined, message: string): void {
  if (problems === undefined || problems.length === 0) line(terminal.err, `${file}: ${message}`)
  else printProblems({ ...terminal, out: terminal.err }, { file, problems })
}
