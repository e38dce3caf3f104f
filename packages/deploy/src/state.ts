import { ApimKitError } from '@apim-kit/core'
import { forgotten, fingerprintLength, markLength, newKey, stateDigest, tagLength } from './fingerprints.js'

/**
 * What a stack remembers on its service: fingerprints of the secrets it wrote, marks of the resources it created. It is cut
 * into chunks since the service keeps no longer texts. What changes goes to the first chunk, whose entries count before those
 * of the others, so that a rotated secret among thousands is a change of one text. When the first is full, all goes to the
 * others. An entry stays in its chunk, so that a run that is killed between two texts loses nothing of them.
 */
export interface State {
  /** The key of all its codes. */
  readonly key: string
  /** Of the fingerprints that count: whoever expects just these need not read the other texts. */
  readonly digest: string
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
export function newState(key = newKey()): State {
  return { key, digest: stateDigest(key, new Map()), chunks: [{ secrets: new Map(), created: new Set() }] }
}

/** The fingerprint of a place, or undefined where the stack never wrote a secret there. */
export function fingerprintAt(state: State, tag: string): string | undefined {
  const found = state.chunks.find(({ secrets }) => secrets.has(tag))?.secrets.get(tag)
  return found === forgotten ? undefined : found
}

/** The fingerprints that count, by tag. */
export function fingerprintsOf({ chunks }: Pick<State, 'chunks'>): ReadonlyMap<string, string> {
  const all = new Map(chunks.toReversed().flatMap(({ secrets }) => [...secrets]))
  return new Map([...all].filter(([, mac]) => mac !== forgotten))
}

/** Whether the stack created the resource of that mark. */
export function isCreated(state: State, mark: string): boolean {
  return state.chunks.some(({ created }) => created.has(mark))
}

/** The marks of everything that the stack created. */
export function marksOf(state: State): string[] {
  return state.chunks.flatMap(({ created }) => [...created])
}

/** The state after an edit. */
export function editState(state: State, edit: StateEdit): State {
  const chunks = edited(state, edit)
  return { key: state.key, digest: stateDigest(state.key, fingerprintsOf({ chunks })), chunks }
}

function edited(state: State, { secrets = new Map<string, string>(), ...edit }: StateEdit): Chunk[] {
  const { keep = () => true, created = [], notCreated = new Set<string>() } = edit
  const chunks = state.chunks.map((chunk) => ({ ...chunk, created: without(chunk.created, notCreated) }))
  const [first = empty(), ...others] = chunks
  const now = fingerprintsOf(state)
  const dropped = [...now.keys()].filter((tag) => !keep(tag) && !secrets.has(tag))
  const set = [...secrets].filter(([tag, mac]) => now.get(tag) !== mac)
  const newest = new Map([...first.secrets, ...dropped.map((tag) => [tag, forgotten] as const), ...set])
  // What no other text knows needs no word that it is forgotten.
  for (const [tag, mac] of newest)
    if (mac === forgotten && !others.some((other) => other.secrets.has(tag))) newest.delete(tag)
  const marks = created.filter((mark) => !chunks.some((chunk) => chunk.created.has(mark)))
  const changed = { secrets: newest, created: new Set([...first.created, ...marks]) }
  return lengthOf(changed) <= maximumLength ? [changed, ...others] : [empty(), ...spread(changed, others)]
}

/** What the first chunk says is put into the others; entries keep their chunk, new ones go where there is room. */
function spread(first: Chunk, others: readonly Chunk[]): Chunk[] {
  const chunks = others.map(({ secrets, created }) => {
    const latest = [...secrets].map(([tag, mac]) => [tag, first.secrets.get(tag) ?? mac] as const)
    return { secrets: new Map(latest.filter(([, mac]) => mac !== forgotten)), created: new Set(created) }
  })
  const known = new Set(others.flatMap(({ secrets }) => [...secrets.keys()]))
  let position = 0
  const chunkWithRoom = (length: number): (typeof chunks)[number] => {
    for (;;) {
      const chunk = chunks[position] ?? { secrets: new Map<string, string>(), created: new Set<string>() }
      chunks[position] = chunk
      if (lengthOf(chunk) + length <= maximumLength) return chunk
      position++
    }
  }
  for (const [tag, mac] of first.secrets) if (!known.has(tag)) chunkWithRoom(secretLength).secrets.set(tag, mac)
  for (const mark of first.created) chunkWithRoom(markLength).created.add(mark)
  return chunks
}

const secretLength = tagLength + fingerprintLength
/** Version, number of chunks, key, digest and the separators between them, with some room. */
const headLength = 100

function lengthOf({ secrets, created }: Chunk): number {
  return headLength + secrets.size * secretLength + created.size * markLength
}

function empty(): Chunk {
  return { secrets: new Map(), created: new Set() }
}

function without(marks: ReadonlySet<string>, gone: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...marks].filter((mark) => !gone.has(mark)))
}

const version = 'apim-kit-1'

/** The texts of a state. The first names the number of them, the key and the digest. */
export function formatState({ key, digest, chunks }: State): string[] {
  return chunks.map(({ secrets, created }, index) => {
    const head = index === 0 ? [version, String(chunks.length), key, digest] : [version]
    return [...head, [...secrets].flat().join(''), [...created].join('')].join(';')
  })
}

/** How many texts there are, by the first. */
export function chunkCount(first: string): number {
  return Number(split(first, 6)[1])
}

/**
 * Reads a state back. A text that is missing counts as one without entries: what stood there is written once more.
 *
 * @throws ApimKitError `not-supported` for a text that apim-kit did not write, or a later version did
 */
export function parseState(texts: readonly (string | undefined)[]): State {
  const [first = '', ...rest] = texts
  const [, , key = '', digest = '', secrets, created] = split(first, 6)
  const others = rest.map((text) => (text === undefined ? [] : split(text, 3).slice(1)))
  return { key, digest, chunks: [[secrets, created], ...others].map(([macs, marks]) => parseChunk(macs, marks)) }
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
