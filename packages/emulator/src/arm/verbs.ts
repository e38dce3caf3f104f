import { kindOf, type Kind } from '@apim-kit/core'
import type { Properties, StoredResource } from '../store.js'
import { answerHeaders, resourceAnswer, type Answer } from './answer.js'
import type { ArmContext } from './arm-context.js'
import { ArmError, invalid, notSupported, resourceNotFound, validationError } from './arm-error.js'
import type { ArmRequest } from './arm-request.js'
import type { Behaviour, Draft } from './behaviour.js'
import { behaviourOf } from './behaviours.js'
import { checkPrecondition, checkPutPrecondition } from './if-match.js'
import { missingTargets, withWholeIds } from './ids.js'
import { linkedBy, linksTo } from './links.js'
import { isObject, memberOf, readProperties, withDefaults } from './read-properties.js'
import { takenDetails } from './taken.js'
import { nameDetails, propertyDetails } from './validate.js'

/**
 * A request that was found right; what is left is to do it. Verbs and `run` write before they wait for anything, so that nothing
 * comes between a check and the write that it allows.
 */
export interface Prepared {
  /** What a long-running operation answers in the end; addresses name it. */
  readonly status: 200 | 201 | 204
  readonly longRunning: boolean
  readonly run: () => Answer | Promise<Answer>
}

/** Shows one resource. */
export function get(request: ArmRequest, arm: ArmContext): Prepared {
  const resource = existing(request, arm)
  if (isBareLink(request.kind)) throw methodNotAllowed(request)
  return atOnce(resourceAnswer(200, resource, request.query, arm))
}

/** A tie without an entity tag can only be asked for by HEAD. */
function isBareLink({ links, protocol }: Kind): boolean {
  return links !== undefined && !protocol.entityTag
}

/** Shows the entity tag alone. Kinds without one have no such call. */
export function head(request: ArmRequest, arm: ArmContext): Prepared {
  if (isBareLink(request.kind)) {
    existing(request, arm)
    return atOnce({ status: 204 })
  }
  if (!request.kind.protocol.entityTag) throw methodNotAllowed(request)
  return atOnce({ status: 200, headers: answerHeaders(existing(request, arm)) })
}

/** Creates a resource or replaces it as a whole: what the request leaves out is gone, secrets too. */
export function put(request: ArmRequest, arm: ArmContext): Prepared {
  const { kind, names } = request
  requireParents(request, arm)
  const before = arm.store.get(kind, names)
  checkPutPrecondition(kind, request.ifMatch, before)
  requireLinked(request, arm)
  const sent = readProperties(kind.fields, sentProperties(request))
  return write({ kind, names, properties: withDefaults(kind.fields, sent), before }, request, arm)
}

/** Changes the properties that the request names and leaves the others. */
export function patch(request: ArmRequest, arm: ArmContext): Prepared {
  const { kind, names } = request
  if (behaviourOf(kind).patch !== true) throw methodNotAllowed(request)
  const before = existing(request, arm)
  checkPrecondition(request.ifMatch, before)
  const properties = merged(before.properties, readProperties(kind.fields, sentProperties(request)))
  // The SDK takes an answer at once for a PATCH of any kind.
  return { ...write({ kind, names, properties, before }, request, arm), longRunning: false }
}

/** Removes a resource and all below it. What is not there is gone already: 204. */
export function remove(request: ArmRequest, arm: ArmContext): Prepared {
  const { kind, names } = request
  const resource = arm.store.get(kind, names)
  if (resource === undefined) return atOnce({ status: 204 })
  checkPrecondition(request.ifMatch, resource)
  const details = behaviourOf(kind).checkDelete?.(resource, arm, request.query) ?? []
  if (details.length > 0) throw validationError(details)
  return {
    status: 200,
    // The SDK's own name tells which deletions the service may take its time for.
    longRunning: kind.sdk.delete.startsWith('begin'),
    run: () => {
      const along = [...linksTo(resource, arm.store), ...(behaviourOf(kind).goesAlong?.(resource, arm) ?? [])]
      for (const other of along) arm.store.delete(other.kind, other.names)
      arm.store.delete(kind, names)
      return { status: 200 }
    },
  }
}

/** Calls an action of a resource. */
export function act(request: ArmRequest, arm: ArmContext): Prepared {
  const { kind, action: name = '' } = request
  const actions = Object.entries(behaviourOf(kind).actions ?? {})
  const action = actions.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1]
  if (action === undefined) throw notSupported(`action '${name}' of ${kind.armType}`)
  const resource = existing(request, arm)
  const body = action(resource, request.body, arm)
  if (body === null) return atOnce({ status: 204 })
  // The specification gives an ETag to actions too, such as listValue of a named value.
  const answer: Answer = { status: 200, body, headers: answerHeaders(resource) }
  return atOnce(body === undefined ? resourceAnswer(200, resource, request.query, arm) : answer)
}

/** Lists what belongs to a resource. */
export function listBelonging(request: ArmRequest, arm: ArmContext): Prepared {
  const resource = existing(request, arm)
  const value = listOf(request.kind, request.action)?.(resource, arm) ?? []
  return atOnce({ status: 200, body: { value, count: value.length }, pretty: true })
}

/** The list of that name, which a kind has beside the collections of other kinds. */
export function listOf(kind: Kind, name = ''): NonNullable<Behaviour['lists']>[string] | undefined {
  const lists = Object.entries(behaviourOf(kind).lists ?? {})
  return lists.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1]
}

/** Refuses a method that the service does not have for this kind. */
export function methodNotAllowed({ method, kind }: ArmRequest): ArmError {
  return new ArmError(405, 'MethodNotAllowed', `${method} is no method of ${kind.armType}.`)
}

function write(draft: Draft, request: ArmRequest, arm: ArmContext): Prepared {
  const { kind, names, before } = draft
  const behaviour = behaviourOf(kind)
  const details = [...nameDetails(kind, names.at(-1) ?? ''), ...propertyDetails(kind.fields, draft.properties)]
  if (details.length > 0) throw validationError(details)
  const whole = { ...draft, properties: withWholeIds(kind.fields, draft.properties, arm.service.address) }
  const filled = { ...whole, properties: behaviour.fill?.(whole, arm) ?? whole.properties }
  const further = [
    ...kind.check(filled.properties).map(({ path, message }) => invalid(path, `'${path}' ${message}.`)),
    ...takenDetails(filled, arm.store),
    ...missingTargets(kind.fields, filled.properties, arm),
    ...(behaviour.check?.(filled, arm) ?? []),
  ]
  if (further.length > 0) throw validationError(further)
  const status = before === undefined ? kind.protocol.created : 200
  const run = async (): Promise<Answer> => {
    const written = arm.store.put(kind, names, filled.properties)
    await behaviour.saved?.(written, before, arm)
    // What followed may have changed it: a connection has its status now.
    return resourceAnswer(status, arm.store.get(kind, names) ?? written, request.query, arm)
  }
  return { status, longRunning: kind.protocol.longRunning, run }
}

function existing({ kind, names }: ArmRequest, { store }: ArmContext): StoredResource {
  const resource = store.get(kind, names)
  if (resource === undefined) throw resourceNotFound(kind, names.at(-1) ?? '')
  return resource
}

/** Throws 404 for the outermost parent that is not there. */
export function requireParents({ kind, names }: ArmRequest, { store }: ArmContext): void {
  const parents = []
  for (let parent = kind.parent; parent?.parent !== undefined; parent = parent.parent) parents.unshift(parent)
  for (const [depth, parent] of parents.entries())
    if (store.get(parent, names.slice(0, depth + 1)) === undefined) throw resourceNotFound(parent, names[depth] ?? '')
}

/** Throws 404 for a tie to a resource that is not there. */
function requireLinked({ kind, names }: ArmRequest, { store }: ArmContext): void {
  const target = kind.links === undefined ? undefined : kindOf(kind.links)
  if (target !== undefined && linkedBy(kind, names, store) === undefined)
    throw resourceNotFound(target, names.at(-1) ?? '')
}

function sentProperties(request: ArmRequest): object {
  if (request.kind.links !== undefined && request.body === undefined) return {}
  const properties = memberOf(request.body, 'properties')
  if (isObject(properties)) return properties
  throw new ArmError(400, 'ValidationError', `The body has to be an object with 'properties'.`)
}

/** Groups merge field by field, everything else is replaced. */
function merged(stored: Properties, changes: Properties): Properties {
  const entries = Object.entries(changes).map(([name, value]) => {
    const before = stored[name]
    return [name, isObject(before) && isObject(value) ? { ...before, ...value } : value]
  })
  return { ...stored, ...Object.fromEntries(entries) } as Properties
}

function atOnce(answer: Answer): Prepared {
  return { status: 200, longRunning: false, run: () => answer }
}
