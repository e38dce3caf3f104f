/**
 * Why a connection gives no token, in the words of the service: the gateway turns it into a 500 and `context.LastError`, ARM
 * into the connection's `error`. It is part of what is emulated, so it is no `ApimKitError`.
 */
export class CredentialError extends Error {
  override readonly name = 'CredentialError'
  /** For example `Unauthorized`; the name of the HTTP status where an identity provider refused. */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
