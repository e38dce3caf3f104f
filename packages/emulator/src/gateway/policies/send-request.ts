import { sendRequest, type Element, type ParametersOf, type Section } from '@apim-kit/policy-dsl'
import { HeaderCollection, MessageBody, ResponseMessage } from '../../expression/index.js'
import { handle } from '../behaviour.js'
import { exchange } from '../exchange.js'
import { changeHeader, wireFields } from '../headers.js'
import { PolicyError } from '../policy-error.js'
import { refuseLiquidIn, refuseAttributes, refuseChildren } from '../refusals.js'
import type { RequestContext } from '../request-context.js'
import { parseBackendUrl } from '../target.js'

/** Calls the address and keeps the whole answer; any status is one. The pipeline's own messages stay as they are. */
export const runSendRequest = handle(
  sendRequest,
  async (parameters, context, { section }) => {
    const { responseVariableName, ignoreError } = parameters
    try {
      context.variables.set(responseVariableName, await send(parameters, context, section))
    } catch (error) {
      if (!ignoreError || !(error instanceof PolicyError)) throw error
      context.variables.set(responseVariableName, null)
    }
  },
  refuse,
)

function refuse(element: Element): string | undefined {
  return (
    refuseLiquidIn(element) ??
    refuseAttributes(element, ['timeout-ms', 'buffer-response', 'fail-on-error-status-code']) ??
    refuseChildren(element, [
      'authentication-basic',
      'authentication-certificate',
      'authentication-token',
      'authentication-token-store',
      'authentication-managed-identity',
      'proxy',
    ])
  )
}

async function send(
  parameters: ParametersOf<typeof sendRequest>,
  context: RequestContext,
  section: Section,
): Promise<ResponseMessage> {
  const { mode, setUrl, setMethod, setHeader, setBody, timeout } = parameters
  const copy = mode === 'copy'
  const url = (setUrl ?? (copy ? context.request.url.toString() : '')).trim()
  if (parseBackendUrl(url) === undefined) {
    throw new PolicyError(`set-url is '${url}'; write an absolute http or https address.`)
  }
  const headers = copy ? copiedHeaders(context) : new HeaderCollection()
  for (const header of setHeader) changeHeader(headers, header)
  const body =
    setBody === undefined ? (copy ? await copiedBody(context, section) : undefined) : Buffer.from(setBody.text)
  const method = (setMethod?.text ?? (copy ? context.request.method : 'GET')).trim()
  const answer = await exchange(
    (signal) => context.services.outbound.send({ method, url, headers: wireFields(headers), body, signal }),
    { milliseconds: timeout * 1000, caller: context.caller },
  )
  return new ResponseMessage({
    statusCode: answer.status,
    statusReason: answer.reason,
    headers: new HeaderCollection(answer.headers),
    body: answer.body.byteLength === 0 ? null : new MessageBody(answer.body),
  })
}

/** In outbound the request's body is gone: it went to the backend. */
async function copiedBody(context: RequestContext, section: Section): Promise<Uint8Array | undefined> {
  if (section === 'outbound' || section === 'on-error') return undefined
  await context.readBodies()
  return context.request.body?.remaining
}

/** Without the name of this gateway: the other host wants its own. */
function copiedHeaders(context: RequestContext): HeaderCollection {
  const headers = context.request.headers.clone()
  headers.delete('Host')
  return headers
}
