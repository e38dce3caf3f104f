import { ApimKitError } from '@apim-kit/core'
import { fingerprintLength, markLength, newKey, tagLength } from './fingerprints.js'

/**
 * What a stack remembers on its service: fingerprints of the secrets it wrote, marks of the resources it created. It is cut
 * into chunks since the service keeps no longer texts; an entry stays in its chunk, so that a rotated secret among thousands
 * rewrites one chunk, and a run that is killed between two of them loses nothing of the others.
 */
export interface State {
  /** The key of all its codes. */
  readonly key: string
  readonly chunks: readonly Chunk[]
}

/** One text of the service. */
export interface Chunk {
  /** Fingerprints by the tag of their place. */
  readonly secrets: ReadonlyMap<string, string>
  /** Marks of the resources that the stack created. */
  readonly created: ReadonlySet<string>
}

/** What changes in a {@link State}. */
export interface StateEdit {
  /** Fingerprints to set, by the tag of their place. */
  readonly secrets?: ReadonlyMap<string, string>
  /** Says of every tag that is there whether it stays. Default: it does. */
  readonly keep?: (tag: string) => boolean
  /** Marks to add. */
  readonly created?: readonly string[]
  /** Marks to take away. */
  readonly notCreated?: ReadonlySet<string>
}

/** The longest text that the service keeps in a named value. */
export const maximumLength = 4096

/** A state that remembers nothing yet. */
export function newState(): State {
  return { key: newKey(), chunks: [{ secrets: new Map(), created: new Set() }] }
}

/** The fingerprint of a place, or undefined where the stack never wrote a secret there. */
export function fingerprintAt(state: State, tag: string): string | undefined {
  return state.chunks.map(({ secrets }) => secrets.get(tag)).find((found) => found !== undefined)
}

/** Whether the stack created the resource of that mark. */
export function isCreated(state: State, mark: string): boolean {
  return state.chunks.some(({ created }) => created.has(mark))
}

/** The marks of everything that the stack created. */
export function marksOf(state: State): string[] {
  return state.chunks.flatMap(({ created }) => [...created])
}

/** The state after an edit. Entries keep their chunk; new ones go where there is room. */
export function editState(state: State, edit: StateEdit): State {
  const { keep = () => true, notCreated = new Set<string>() } = edit
  const secrets = new Map(edit.secrets)
  const created = new Set(edit.created)
  const chunks = state.chunks.map((chunk) => {
    const kept = [...chunk.secrets].filter(([tag]) => keep(tag) || secrets.has(tag))
    const mine = new Map(kept.map(([tag, mac]) => [tag, secrets.get(tag) ?? mac]))
    for (const [tag] of kept) secrets.delete(tag)
    for (const mark of chunk.created) created.delete(mark)
    return { secrets: mine, created: new Set([...chunk.created].filter((mark) => !notCreated.has(mark))) }
  })
  place(chunks, secrets, created)
  return { key: state.key, chunks }
}

interface OpenChunk {
  readonly secrets: Map<string, string>
  readonly created: Set<string>
}

const secretLength = tagLength + fingerprintLength
/** Version, number of chunks, key and the separators between them, with some room. */
const headLength = 80

function place(chunks: OpenChunk[], secrets: ReadonlyMap<string, string>, created: ReadonlySet<string>): void {
  let position = 0
  const chunkWithRoom = (length: number): OpenChunk => {
    for (;;) {
      const chunk = chunks[position] ?? { secrets: new Map(), created: new Set() }
      chunks[position] = chunk
      const used = chunk.secrets.size * secretLength + chunk.created.size * markLength
      if (headLength + used + length <= maximumLength) return chunk
      position++
    }
  }
  for (const [tag, mac] of secrets) chunkWithRoom(secretLength).secrets.set(tag, mac)
  for (const mark of created) chunkWithRoom(markLength).created.add(mark)
}

const version = 'apim-kit-1'

/** The texts of a state. The first names the number of the others, and the key. */
export function formatState({ key, chunks }: State): string[] {
  return chunks.map(({ secrets, created }, index) => {
    const head = index === 0 ? [version, String(chunks.length), key] : [version]
    return [...head, [...secrets].flat().join(''), [...created].join('')].join(';')
  })
}

/** How many texts there are, by the first. */
export function chunkCount(first: string): number {
  return Number(split(first, 5)[1])
}

/**
 * Reads a state back. A text that is missing counts as one without entries: what stood there is written once more.
 *
 * @throws ApimKitError `not-supported` for a text that apim-kit did not write, or a later version did
 */
export function parseState(texts: readonly (string | undefined)[]): State {
  const [first = '', ...rest] = texts
  const [, , key = '', secrets, created] = split(first, 5)
  const others = rest.map((text) => (text === undefined ? [] : split(text, 3).slice(1)))
  return { key, chunks: [[secrets, created], ...others].map(([macs, marks]) => parseChunk(macs, marks)) }
}

function parseChunk(secrets = '', created = ''): Chunk {
  const entries = pieces(secrets, secretLength)
  return {
    secrets: new Map(entries.map((entry) => [entry.slice(0, tagLength), entry.slice(tagLength)])),
    created: new Set(pieces(created, markLength)),
  }
}

function split(text: string, parts: number): string[] {
  const found = text.split(';')
  if (found[0] === version && found.length === parts) return found
  throw new ApimKitError(
    'not-supported',
    'what the service holds for this stack was not written by this version of apim-kit; use the newer one, or delete the ' +
      'named values whose names begin with apim-kit. and the stack: the next apply writes every secret once more',
  )
}

function pieces(text: string, length: number): string[] {
  return text.match(new RegExp(`.{${length}}`, 'g')) ?? []
}
