import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
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
  const files = names
    .filter((name) => name.toLowerCase().endsWith('.xml'))
    .toSorted()
    .map((name) => ({ path: join(path, name), relative: name }))
  // A folder may be called so too; a link to nothing stays, for it to be reported.
  const folders = await Promise.all(
    files.map(async (file) => (await stat(file.path).catch(() => undefined))?.isDirectory()),
  )
  return files.filter((_, index) => folders[index] !== true)
}

/**
 * Where each document goes below a folder. Two documents never share a file: one would be lost.
 *
 * @throws UsageError where they would
 */
export function targetsBelow(
  folder: string,
  files: readonly InputFile[],
  rename = (relative: string): string => relative,
): string[] {
  const targets = files.map(({ relative }) => join(folder, rename(relative)))
  const twice = targets.find((target, index) => targets.indexOf(target) < index)
  if (twice === undefined) return targets
  throw new UsageError(`several documents would be written to ${twice}; give the folder above them, or one at a time`)
}

/** Writes a file, and the folders above it where they are not there. */
export async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

/** A file's text: UTF-8, or UTF-16 where its first bytes say so. Other bytes are refused, for they would be lost in writing. */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path)
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: encoding === 'utf-8' }).decode(bytes)
  } catch {
    throw new UsageError(`cannot read ${path}: it is not ${encoding.toUpperCase()}; save it as UTF-8`)
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** By the byte order mark, as every XML reader does. */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}
