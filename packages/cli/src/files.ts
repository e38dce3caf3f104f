import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { UsageError } from './usage-error.js'

/** A document among the paths of a command line. */
export interface InputFile {
  /** As the user wrote it, or below the folder that the user wrote. */
  readonly path: string
  /** Its path below the folder that was given; its name for a file that was given by itself. */
  readonly relative: string
}

/** The policy documents that paths name: files as they are, folders with every `.xml` below them, in the order of their names. */
export async function documentsOf(paths: readonly string[]): Promise<InputFile[]> {
  const found = await Promise.all(paths.map(expand))
  return found.flat()
}

async function expand(path: string): Promise<InputFile[]> {
  const info = await stat(path).catch(() => undefined)
  if (info === undefined) throw new UsageError(`cannot read ${path}: there is no such file or folder`)
  if (!info.isDirectory()) return [{ path, relative: basename(path) }]
  const names = await readdir(path, { recursive: true })
  return names
    .filter((name) => name.toLowerCase().endsWith('.xml'))
    .toSorted()
    .map((name) => ({ path: join(path, name), relative: name }))
}

/** A file's text. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
