import { setMethod } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'

/** `context.Request.OriginalMethod` keeps the caller's. */
export const runSetMethod = handle(setMethod, ({ text }, context) => {
  context.request.method = text.trim()
})
