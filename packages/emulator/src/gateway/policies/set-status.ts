import { setStatus } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { ensureResponse } from '../message-in.js'
import { changeStatus } from '../status.js'

/** In inbound and backend, before there is a response, the status belongs to an empty one that forwarding replaces. */
export const runSetStatus = handle(setStatus, (parameters, context) =>
  changeStatus(ensureResponse(context), parameters),
)
