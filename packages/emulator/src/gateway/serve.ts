import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CompiledApi, CompiledConfiguration, Matched } from './compiled-configuration.js'
import { hasBody, readRequest, writeResponse } from './http.js'
import { notSupported } from './not-supported.js'
import { runOnError, runPipeline } from './pipeline.js'
import { PolicyError, type PlacedError } from './policy-error.js'
import { RequestContext, type Caller } from './request-context.js'
import type { GatewayServices } from './services.js'
import { checkSubscription, type Access } from './subscription.js'
import type { TraceLog } from './trace.js'

/** What serving a request needs. */
export interface Serving {
  readonly services: GatewayServices
  readonly traces: TraceLog
  /** The deployed resources, compiled. */
  readonly configuration: () => CompiledConfiguration
}

/** Answers one request. Never rejects: whatever goes wrong is an answer, or the end of the connection. */
export async function serve(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  try {
    const context = new RequestContext(serving.services, readRequest(request), callerOf(response))
    if (hasBody(request)) context.requestStream = request
    await answer(context, serving.configuration())
    serving.traces.add(context)
    writeResponse(response, context)
  } catch (fault) {
    serving.traces.addFault(request, fault)
    if (response.headersSent) response.destroy()
    else
      response
        .writeHead(500, { 'Content-Type': 'application/json' })
        .end('{"statusCode":500,"message":"Internal server error"}')
  }
}

/** The other end of a response's connection. */
function callerOf(response: ServerResponse): Caller {
  return {
    onGone: (listener) => {
      if (response.destroyed) listener()
      const closed = (): void => {
        if (!response.writableFinished) listener()
      }
      response.on('close', closed)
      return () => response.off('close', closed)
    },
  }
}

/** The built-in steps, as the service orders them: match the operation, check the subscription; then the policies. */
async function answer(context: RequestContext, configuration: CompiledConfiguration): Promise<void> {
  const { method, originalUrl, headers } = context.request
  const matched = configuration.match(method, originalUrl, headers)
  if (matched === undefined) {
    await runOnError(configuration.globalOnError, context, operationNotFound())
    return
  }
  enter(context, matched)
  const { api, operation } = matched
  const outcome = admitted(api, context, configuration)
  if ('error' in outcome) {
    await runOnError(operation.pipeline.onError, context, outcome)
    return
  }
  const { holder, product } = outcome
  context.holder = holder
  context.product = product?.info ?? null
  const pipeline = product === undefined ? undefined : operation.productPipelines.get(product.name)
  await runPipeline(pipeline ?? operation.pipeline, context)
}

/** What the emulator cannot serve is refused before anything of it runs. */
function admitted(api: CompiledApi, context: RequestContext, { keys }: CompiledConfiguration): Access | PlacedError {
  try {
    if (api.refusal !== undefined) throw notSupported(api.refusal)
    return checkSubscription(api, context.request, keys)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    return { error, place: { source: 'emulator', scope: null, section: null, path: null, policyId: null } }
  }
}

function enter(context: RequestContext, { api, operation, rest, route }: Matched): void {
  context.api = api.info
  context.operation = operation.info
  context.request.matchedParameters = route.parameters
  context.encodedParameters = route.encodedParameters
  context.templateQuery = route.templateQuery
  context.target = { base: api.info.serviceUrl, path: rest, queryString: context.request.originalUrl.queryString }
}

/** As observed: the caller gets another message than on-error. */
function operationNotFound(): PlacedError {
  const error = new PolicyError('Unable to match incoming request to an operation.', {
    status: 404,
    reason: 'OperationNotFound',
    answer: 'Resource not found',
  })
  return { error, place: { source: 'configuration', scope: null, section: null, path: null, policyId: null } }
}
