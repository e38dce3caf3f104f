import type { PolicyDocument } from '../emulator-context.js'

/** A stored document as an answer gives it. */
export function policyText({ text }: PolicyDocument, _format: PolicyDocument['format']): string {
  return text.replaceAll(/\r?\n/g, '\r\n')
}
