import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A policy document as somebody saved it. */
export interface CorpusFile {
  readonly name: string
  readonly text: string
}

/** The documents of this project: each has something that readers stumble over. */
export const ownCorpus = (): readonly CorpusFile[] => filesIn(fileURLToPath(new URL('corpus', import.meta.url)))

/**
 * Documents that other people published, where somebody has them: in the folder that APIM_KIT_CORPUS names, or beside the repository
 * in shared/corpus. They are no part of the project; none is fine.
 */
export function othersCorpus(): readonly CorpusFile[] {
  const beside = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url))
  const folder = process.env['APIM_KIT_CORPUS'] ?? beside
  return existsSync(folder) ? filesIn(folder) : []
}

const filesIn = (folder: string): CorpusFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.xml'))
    .toSorted()
    .map((path) => ({ name: basename(path), text: readFileSync(join(folder, path), 'utf8') }))
