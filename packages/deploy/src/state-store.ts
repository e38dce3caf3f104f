import { ApimKitError, keyOf, kinds, type Resource } from '@apim-kit/core'
import { remove, type RequestOptions } from './sdk.js'
import { asApimKitError, statusOf } from './errors.js'
import { limit } from './limit.js'
import type { Service } from './client.js'
import { chunkCount, editState, formatState, newState, parseState, type State, type StateEdit } from './state.js'

/** A state and how it stands on the service. */
export interface StoredState {
  readonly state: State
  /** The texts that the service has, with their ETags. */
  readonly stored: readonly StoredText[]
  /** Whether every text was read; the first alone was enough otherwise. */
  readonly complete: boolean
}

interface StoredText {
  /** Empty where there is none, though there ought to be one. */
  readonly text: string
  readonly entityTag: string | undefined
}

/** Id and display name of a chunk: `apim-kit.shop`, `apim-kit.shop.1` … A stack's name has no dot, so none is another's. */
export function chunkName(stack: string, index: number): string {
  return index === 0 ? `apim-kit.${stack}` : `apim-kit.${stack}.${index}`
}

/**
 * Refuses a stack that declares what its memory is kept in.
 *
 * @throws ApimKitError `invalid-stack`
 */
export function refuseReserved(resources: readonly Resource[]): void {
  const prefix = `/${kinds.namedValue.segment}/${chunkName('', 0)}`.toLowerCase()
  const taken = resources.find((resource) => keyOf(resource).startsWith(prefix))
  if (taken === undefined) return
  throw new ApimKitError(
    'invalid-stack',
    `named value ${taken.name} has a name of those that remember what was deployed; choose one that does not begin with ${chunkName('', 0)}`,
  )
}

const concurrentRequests = 8

/**
 * Reads what the stack remembers; undefined where it never wrote a state.
 *
 * @param isEnough - asked with the first text alone, whether the others need not be read. Default: they are
 * @throws ApimKitError `not-authorized` where the login may not list the values of named values
 */
export async function readState(
  service: Service,
  stack: string,
  options: RequestOptions = {},
  isEnough: (head: State) => boolean = () => false,
): Promise<StoredState | undefined> {
  const first = await readText(service, chunkName(stack, 0), options)
  if (first === undefined) return undefined
  const head = parseState([first.text])
  if (chunkCount(first.text) > 1 && isEnough(head)) return { state: head, stored: [first], complete: false }
  const bounded = limit(concurrentRequests)
  const names = Array.from({ length: chunkCount(first.text) - 1 }, (_, index) => chunkName(stack, index + 1))
  const rest = await Promise.all(names.map(async (name) => bounded(async () => readText(service, name, options))))
  const texts = [first, ...rest]
  return {
    state: parseState(texts.map((text) => text?.text)),
    stored: texts.map((text) => text ?? { text: '', entityTag: undefined }),
    complete: true,
  }
}

/** Writes many texts at once, without the check that nobody else wrote in between. The first text keeps that check. */
export type WriteMany = (texts: readonly { readonly name: string; readonly text: string }[]) => Promise<void>

/** From here on texts are written together, where there is a way. */
const mostSingleWrites = 4

/** How often a write is begun anew because another deployer wrote in between. */
const attempts = 5

/**
 * Edits what the stack remembers, and writes the texts that change, if any do. The edit is made from the state as it is
 * then: another deployer's entries stay.
 */
export async function writeState(
  service: Service,
  stack: string,
  known: StoredState | undefined,
  edit: (state: State) => StateEdit,
  bulk?: WriteMany,
): Promise<StoredState> {
  let before = known?.complete === true ? known : await readOrNothing(service, stack, known)
  for (let attempt = 1; ; attempt++) {
    const state = editState(before.state, edit(before.state))
    try {
      const stored = await writeTexts(service, stack, before.stored, formatState(state), bulk)
      // The first text of all is written over whatever there is: who wrote it at the same moment is found by reading it back.
      const after = before.stored.length === 0 ? await readState(service, stack) : undefined
      if (after === undefined || after.state.key === state.key || attempt === attempts)
        return { state, stored, complete: true }
      before = after
    } catch (error) {
      if (statusOf(error) !== 412 || attempt === attempts)
        throw asApimKitError(
          error,
          service,
          `write the named value ${chunkName(stack, 0)}, which remembers what was deployed`,
        )
      before = await readOrNothing(service, stack, before)
    }
  }
}

/** All that is remembered; where nothing was known there was nothing. */
async function readOrNothing(service: Service, stack: string, known: StoredState | undefined): Promise<StoredState> {
  const read = known === undefined ? undefined : await readState(service, stack)
  return read ?? { state: newState(), stored: [], complete: true }
}

/** Removes what a stack remembers. The first text goes last: as long as it is there, a run that was killed finds the others. */
export async function removeState(service: Service, stack: string, stored: StoredState | undefined): Promise<void> {
  const names = (stored?.stored ?? []).map((_, index) => chunkName(stack, index))
  try {
    const bounded = limit(concurrentRequests)
    await Promise.all(
      names.slice(1).map(async (name) => bounded(async () => remove(service, kinds.namedValue, [name]))),
    )
    for (const name of names.slice(0, 1)) await remove(service, kinds.namedValue, [name])
  } catch (error) {
    throw asApimKitError(
      error,
      service,
      `delete the named value ${chunkName(stack, 0)}, which remembers what was deployed`,
    )
  }
}

async function writeTexts(
  service: Service,
  stack: string,
  stored: readonly StoredText[],
  texts: readonly string[],
  bulk: WriteMany | undefined,
): Promise<StoredText[]> {
  const many = texts.flatMap((text, index) =>
    index === 0 || stored[index]?.text === text ? [] : [{ name: chunkName(stack, index), text }],
  )
  if (bulk !== undefined && many.length > mostSingleWrites) {
    await bulk(many)
    const old = stored.at(0)
    const [text = ''] = texts
    const same = old?.text === text ? old : undefined
    const first = same ?? (await writeText(service, chunkName(stack, 0), text, old))
    return [first, ...texts.slice(1).map((other) => ({ text: other, entityTag: undefined }))]
  }
  const bounded = limit(concurrentRequests)
  const write = async (text: string, index: number): Promise<StoredText> => {
    const old = stored[index]
    return old?.text === text ? old : writeText(service, chunkName(stack, index), text, old)
  }
  // The first goes last: it says how many there are, and the key that makes the others readable was in it before.
  const rest = await Promise.all(texts.slice(1).map(async (text, index) => bounded(async () => write(text, index + 1))))
  return [await write(texts[0] ?? '', 0), ...rest]
}

async function readText(service: Service, name: string, { signal }: RequestOptions): Promise<StoredText | undefined> {
  const { resourceGroup, service: serviceName } = service.address
  try {
    const options = signal === undefined ? {} : { abortSignal: signal }
    const { value = '', eTag } = await service.client.namedValue.listValue(resourceGroup, serviceName, name, options)
    return { text: value, entityTag: eTag }
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw asApimKitError(
      error,
      service,
      `list the value of named value ${name} (Microsoft.ApiManagement/service/namedValues/listValue/action)`,
    )
  }
}

async function writeText(
  service: Service,
  name: string,
  text: string,
  old: StoredText | undefined,
): Promise<StoredText> {
  const { resourceGroup, service: serviceName } = service.address
  // A service that demands the header takes `*` where it never told the tag.
  const ifMatch = old === undefined || old.text === '' ? undefined : (old.entityTag ?? '*')
  const { eTag } = await service.client.namedValue.beginCreateOrUpdateAndWait(
    resourceGroup,
    serviceName,
    name,
    { displayName: name, secret: true, value: text },
    { updateIntervalInMs: 500, ...(ifMatch === undefined ? {} : { ifMatch }) },
  )
  return { text, entityTag: eTag }
}
