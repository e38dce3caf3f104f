import { setHeader } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { changeHeader } from '../headers.js'
import { messageIn } from '../message-in.js'

export const runSetHeader = handle(setHeader, (parameters, context, { section }) => {
  changeHeader(messageIn(section, context).headers, parameters)
})
