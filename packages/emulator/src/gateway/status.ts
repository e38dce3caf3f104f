import { STATUS_CODES } from 'node:http'
import type { ResponseMessage } from '../expression/index.js'
import { PolicyError } from './policy-error.js'

/** Applies one `set-status`. */
export function changeStatus(
  response: ResponseMessage,
  { code, reason }: { readonly code?: number; readonly reason?: string },
): void {
  // Microsoft's schemas let the code away; then only the phrase changes.
  const status = code ?? response.statusCode
  if (!Number.isInteger(status) || status < 200 || status > 999) {
    throw new PolicyError(`set-status has the code ${status}; a final HTTP status is a whole number from 200 to 999.`, {
      reason: 'ExpressionValueValidationFailure',
    })
  }
  response.statusCode = status
  response.statusReason = reason ?? STATUS_CODES[status] ?? ''
}
