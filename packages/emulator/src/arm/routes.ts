import { ApimKitError, parsePath, serviceId, type ParsedPath, type ServiceAddress } from '@apim-kit/core'
import { Hono, type Context } from 'hono'
import { toResponse, type Answer } from './answer.js'
import type { ArmContext } from './arm-context.js'
import { ArmError, notSupported } from './arm-error.js'
import type { ArmRequest } from './arm-request.js'
import { Deployments, type Send } from './deployments/deployments.js'
import { realNames } from './ids.js'
import type { TemplateScope } from './deployments/template.js'
import { isKnownToService } from './known-types.js'
import { list } from './list.js'
import { LongRunningOperations } from './long-running.js'
import type { RequestJournal } from './request-journal.js'
import { serviceAnswer } from './service-resource.js'
import { act, get, head, listBelonging, listOf, methodNotAllowed, patch, put, remove, type Prepared } from './verbs.js'

type Verb = (request: ArmRequest, arm: ArmContext) => Prepared

/** What each method does to what an address may mean. */
const verbs: Readonly<Record<ParsedPath['target'], Readonly<Record<string, Verb>>>> = {
  resource: { GET: get, HEAD: head, PUT: put, PATCH: patch, DELETE: remove },
  collection: { GET: list },
  action: { POST: act, GET: listBelonging },
}

/** The oldest version whose wire shapes the emulator has. */
const oldestVersion = '2021-08-01'

/** The management plane: every kind of core, in the shapes that were observed of Azure Resource Manager. Needs no login. */
export function armRoutes(arm: ArmContext, journal: RequestJournal): Hono {
  const operations = new LongRunningOperations()
  const resources = new Hono()
  resources.onError((error) => errorResponse(error))
  resources.all('*', async (context) => toResponse(await answer(context, arm, operations)))
  const secretOf: TemplateScope['secretOf'] = (vault, name, version) => arm.secrets.get(vault, name, version)?.value
  const deployments = new Deployments(arm.service.address, sender(resources), secretOf)
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    const { method } = context.req
    journal.add({ method, path: new URL(context.req.url).pathname, status: context.res.status })
  })
  app.onError((error) => errorResponse(error))
  app.all('*', async (context) => {
    const { pathname } = new URL(context.req.url)
    const deployed = await deployments.answer(context.req.method, pathname, async () => readBody(context))
    return deployed === undefined ? resources.fetch(context.req.raw) : toResponse(deployed)
  })
  return app
}

/** Sends requests to the routes without a network, and waits for what takes its time. */
function sender(app: Hono): Send {
  return async (method, path, body) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    let response = await app.request(`http://emulator${path}`, init)
    for (;;) {
      const location = response.status === 202 ? response.headers.get('location') : null
      if (location === null) break
      response = await app.request(location)
    }
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
  }
}

async function answer(context: Context, arm: ArmContext, operations: LongRunningOperations): Promise<Answer> {
  const request = await readRequest(context, arm)
  const operation = request.query.get('asyncid')
  if (operation !== null && request.method === 'GET') return operations.poll(operation, request.url)
  // The service itself stands in no collection: it is there, and it is only read.
  if (request.kind.parent === undefined && request.action === undefined) return serviceVerb(request, arm)
  const verb = verbs[request.target][request.method]
  if (verb === undefined) throw methodNotAllowed(request)
  const { status, longRunning, run } = verb(request, arm)
  if (!longRunning || arm.longRunning === 'immediate') return run()
  // Checked again when it is done: much may have changed until then.
  return operations.accept(request.url, status, () => verb(request, arm).run())
}

function serviceVerb(request: ArmRequest, arm: ArmContext): Answer {
  if (request.method === 'GET') return serviceAnswer(arm)
  throw notSupported(`${request.method} of ${request.kind.armType}`)
}

async function readRequest(context: Context, arm: ArmContext): Promise<ArmRequest> {
  const { req } = context
  const url = new URL(req.url)
  const query = new URLSearchParams(
    Array.from(url.searchParams, ([name, value]): [string, string] => [name.toLowerCase(), value]),
  )
  checkVersion(query.get('api-version'))
  const { kind, names, target, action } = understand(url.pathname, req.method, arm.service.address)
  return {
    method: req.method,
    kind,
    names: realNames(kind, names, arm),
    target,
    action,
    url,
    query,
    ifMatch: req.header('if-match'),
    body: await readBody(context),
  }
}

async function readBody(context: Context): Promise<unknown> {
  const text = await context.req.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the body, which may hold a secret.
    throw new ArmError(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized: it is no JSON.',
    )
  }
}

function checkVersion(version: string | null): void {
  if (version === null || version === '') {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.'
    throw new ArmError(400, 'MissingApiVersionParameter', message)
  }
  if (/^\d{4}-\d{2}-\d{2}(-preview)?$/i.test(version) && version >= oldestVersion) return
  const message = `The api-version '${version}' is not emulated; use ${oldestVersion} or newer, for example 2024-05-01.`
  throw new ArmError(400, 'InvalidApiVersionParameter', message)
}

/** What an address means; throws for one that means nothing here. */
function understand(path: string, method: string, service: ServiceAddress): ParsedPath {
  const parsed = parsePath(path)
  const [, address = '', rest = ''] = /^(.*?\/service\/[^/]+)(.*)$/i.exec(path) ?? []
  // Read by the same rules as any other address, so that encoding and case do not count.
  const found = parsePath(address)?.address
  if (found === undefined || serviceId(found).toLowerCase() !== serviceId(service).toLowerCase()) {
    const message = `The Resource '${path}' was not found: this emulator has one service, ${serviceId(service)}.`
    throw new ArmError(404, 'ResourceNotFound', message)
  }
  if (parsed !== undefined && (parsed.target !== 'action' || method === 'POST')) return parsed
  if (parsed !== undefined && listOf(parsed.kind, parsed.action) !== undefined) return parsed
  throw unknownAddress(rest)
}

/** Tells what the emulator lacks from what nobody has. */
function unknownAddress(rest: string): ArmError {
  const type = rest.split('/').filter((_, index) => index % 2 === 1)
  const lacking = type.find(isKnownToService)
  if (lacking !== undefined) return notSupported(`Microsoft.ApiManagement/service/${type.join('/')}`)
  return new ArmError(
    404,
    'InvalidResourceType',
    `The resource type '${type.join('/')}' could not be found in the namespace 'Microsoft.ApiManagement/service'.`,
  )
}

function errorResponse(error: Error): Response {
  const answer = toArmError(error)
  return Response.json(answer, { status: answer.status })
}

function toArmError(error: Error): ArmError {
  if (error instanceof ArmError) return error
  if (error instanceof ApimKitError && error.code === 'not-supported')
    return new ArmError(501, 'NotSupportedByEmulator', error.message)
  return new ArmError(500, 'InternalServerError', `The emulator failed, which is its mistake: ${error.message}`)
}
