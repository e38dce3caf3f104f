import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import { UsageError } from './usage-error.js'

/**
 * Loads a user's TypeScript or JavaScript module and gives back what it exports.
 *
 * @throws UsageError where there is no such file; what the module itself throws comes through as it is
 */
export async function loadModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  const path = resolve(file)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() !== true)
    throw new UsageError(`cannot read ${file}: there is no such file; give the path of a TypeScript module`)
  const url = pathToFileURL(path).href
  return createJiti(url, { alias: ownPackages(url) }).import(url)
}

/** A module that stands outside of any project, one that `policy import` wrote for instance, finds the packages of this command. */
function ownPackages(url: string): Record<string, string> {
  const from = createRequire(url)
  // As a CommonJS module it has no import.meta, as an ES module no __filename.
  const here = createRequire(typeof __filename === 'string' ? __filename : import.meta.url)
  const names = ['@apim-kit/core', '@apim-kit/policy-dsl', '@apim-kit/deploy', '@apim-kit/emulator']
  return Object.fromEntries(names.filter((name) => !resolves(from, name)).map((name) => [name, here.resolve(name)]))
}

function resolves(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}

/** One export of a module, checked; an error names the file, the export and what it has to be. */
export async function loadExport<T>(
  file: string,
  name: string,
  is: (value: unknown) => value is T,
  what: string,
): Promise<T> {
  const module = await loadModule(file)
  const value = module[name]
  if (is(value)) return value
  const exported = name === 'default' ? 'default export' : `export ${name}`
  throw new UsageError(
    `${file}: its ${exported} is ${value === undefined ? 'missing' : `no ${what}`}; export a ${what} there`,
  )
}
