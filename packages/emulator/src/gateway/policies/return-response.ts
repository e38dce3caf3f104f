import { returnResponse } from '@apim-kit/policy-dsl'
import { MessageBody, ResponseMessage } from '../../expression/index.js'
import { handle } from '../behaviour.js'
import { changeHeader } from '../headers.js'
import { emptyResponse } from '../message-in.js'
import { PolicyError } from '../policy-error.js'
import { refuseLiquidIn } from '../refusals.js'
import type { RequestContext } from '../request-context.js'
import { changeStatus } from '../status.js'

/** The children change the response of the variable, or an empty 200; nothing of the pipeline runs afterwards. */
export const runReturnResponse = handle(
  returnResponse,
  ({ responseVariableName, setStatus, setHeader, setBody }, context) => {
    const response = responseVariableName === undefined ? emptyResponse() : responseIn(responseVariableName, context)
    if (setStatus !== undefined) changeStatus(response, setStatus)
    for (const header of setHeader) changeHeader(response.headers, header)
    if (setBody !== undefined) response.body = new MessageBody(setBody.text)
    context.dropResponseBody()
    context.response = response
    return 'ended'
  },
  refuseLiquidIn,
)

/** A copy, so that the variable keeps what it holds. */
function responseIn(variable: string, context: RequestContext): ResponseMessage {
  const held = context.variables.get(variable)
  if (held instanceof ResponseMessage) {
    const { statusCode, statusReason, headers, body } = held
    return new ResponseMessage({ statusCode, statusReason, headers: headers.clone(), body })
  }
  throw new PolicyError(
    `The variable '${variable}' holds no response; name the response-variable-name of a send-request that ran before.`,
  )
}
