import { format as write } from '@apim-kit/policy-dsl'
import type { PolicyDocument } from '../emulator-context.js'

/**
 * A stored document as an answer gives it: in the format that was asked for, laid out anew, its lines ending with CR and LF. As
 * with the service, a client gets back another text than it sent, and has to compare what the two mean.
 */
export function policyText({ text, format }: PolicyDocument, asked: PolicyDocument['format']): string {
  return write(text, { format, to: asked }).replaceAll(/\r?\n/g, '\r\n')
}
