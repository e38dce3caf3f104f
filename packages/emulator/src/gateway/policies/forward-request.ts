import { attributeOf, forwardRequest, Literal, type Element } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { forward } from '../forward.js'
import { PolicyError } from '../policy-error.js'

export const runForwardRequest = handle(
  forwardRequest,
  async ({ timeout, timeoutMs, bufferRequestBody, failOnErrorStatusCode }, context) => {
    // A kept body can be read again by policies that come later.
    if (bufferRequestBody) await context.readBodies()
    const { statusCode } = await forward(context, timeoutMs ?? timeout * 1000)
    if (failOnErrorStatusCode && statusCode >= 400) {
      throw new PolicyError(`The backend answered ${statusCode}.`, { status: statusCode })
    }
  },
  refuse,
)

function refuse(element: Element): string | undefined {
  if (says(element, 'http-version', '2')) return 'http-version 2 is not there yet; write 1 or 2or1'
  if (attributeOf(element, 'continue-timeout') !== undefined) return 'continue-timeout is not there yet; leave it out'
  const redirects = attributeOf(element, 'follow-redirects')
  if (redirects !== undefined && !says(element, 'follow-redirects', 'false')) {
    return 'follow-redirects is not there yet; leave it out or write false'
  }
  return undefined
}

function says(element: Element, name: string, text: string): boolean {
  const value = attributeOf(element, name)
  return value instanceof Literal && value.text.trim() === text
}
