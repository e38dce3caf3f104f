import type { Kind, Problem } from '@apim-kit/core'

/** One field or element that is wrong. */
export interface ErrorDetail {
  readonly code: string
  /** The property or, for a policy document, the element. */
  readonly target: string
  /** Never repeats a value: it may be a secret. */
  readonly message: string
}

/** An answer of the management plane that says why not, in the form of every Azure service. */
export class ArmError extends Error {
  override readonly name = 'ArmError'
  readonly status: 400 | 404 | 405 | 409 | 412 | 500 | 501
  readonly code: string
  readonly details: readonly ErrorDetail[] | null

  constructor(status: ArmError['status'], code: string, message: string, details: ArmError['details'] = null) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }

  /** The body of the answer. */
  toJSON(): object {
    return { error: { code: this.code, message: this.message, details: this.details } }
  }
}

/** Bad properties, all at once; nothing was written. */
export function validationError(details: readonly ErrorDetail[]): ArmError {
  return new ArmError(400, 'ValidationError', 'One or more fields contain incorrect values:', details)
}

/** One bad property. */
export function invalid(target: string, message: string): ErrorDetail {
  return { code: 'ValidationError', target, message }
}

/** There is no such resource. */
export function resourceNotFound(kind: Kind, name: string): ArmError {
  return new ArmError(404, 'ResourceNotFound', `${kind.title} '${name}' not found.`)
}

/** The service can do it, the emulator cannot: said by name, so that nobody takes silence for success. */
export function notSupported(what: string): ArmError {
  return new ArmError(501, 'NotSupportedByEmulator', `${what} is not emulated; use a real service for it`)
}

/** `If-Match` names another version than the one that is there. */
export function preconditionFailed(): ArmError {
  return new ArmError(412, 'PreconditionFailed', 'Resource was modified since last retrieval.')
}

/** The problems of a policy document, in the service's words. Those of the emulator itself win: they say what it lacks. */
export function policyError(problems: readonly Problem[]): ArmError {
  const lacking = problems.filter((problem) => problem.rule === 'emulator/not-supported')
  const [first] = lacking
  if (first !== undefined) return new ArmError(501, 'NotSupportedByEmulator', first.message, lacking.map(policyDetail))
  return validationError(problems.map(policyDetail))
}

function policyDetail({ path, line, column, message }: Problem): ErrorDetail {
  const element = elementOf(path)
  const place = line === undefined ? '' : ` on line ${line}, column ${column ?? 1}`
  if (element === undefined) return invalid('representation', `${message}${place}`)
  return invalid(element, `Error in element '${element}'${place}: ${message}`)
}

/** The last element of a path like `inbound/choose/when[2]/@condition`; undefined for a document that does not read. */
function elementOf(path: string): string | undefined {
  const last = path.split('/').findLast((step) => step !== '' && !step.startsWith('@') && step !== 'text()')
  return last?.replace(/\[\d+\]$/, '')
}
