import { setBody } from '@apim-kit/policy-dsl'
import { MessageBody } from '../../expression/index.js'
import { handle } from '../behaviour.js'
import { messageIn } from '../message-in.js'
import { refuseLiquid } from '../refusals.js'

/** The Content-Type stays as it is. The body that was there is dropped unread. */
export const runSetBody = handle(
  setBody,
  ({ text }, context, { section }) => {
    const message = messageIn(section, context)
    message.body = new MessageBody(text)
    if (message === context.request) context.dropRequestBody()
    else context.dropResponseBody()
  },
  refuseLiquid,
)
