import { PolicyError } from './policy-error.js'

/** Deployed configuration that the emulator does not honour: the caller is told its name, since nobody else would be. */
export function notSupported(message: string): PolicyError {
  return new PolicyError(message, { reason: 'NotSupported', answer: message })
}
