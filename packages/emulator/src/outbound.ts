/** A header field as it stands on the wire. A field that comes more than once is in the list more than once. */
export type HeaderField = readonly [name: string, value: string]

/** One HTTP request that leaves the emulator. */
export interface OutboundRequest {
  readonly method: string
  /** Absolute, `http:` or `https:`. */
  readonly url: string
  /**
   * Sent in this order and spelling. A `Host` field is kept, otherwise the URL's host is sent. `Content-Length` is set from
   * `body`; fields that belong to one connection (`Connection`, `Transfer-Encoding`, …) are left out.
   */
  readonly headers: readonly HeaderField[]
  /** Default: no body. */
  readonly body?: Uint8Array | undefined
  /** Ends the request; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** The answer, as it came: nothing decompressed, no redirect followed. */
export interface OutboundResponse {
  readonly status: number
  /** The reason phrase, for example `Not Found`; may be empty. */
  readonly reason: string
  /** Without the fields that belong to one connection. */
  readonly headers: readonly HeaderField[]
  readonly body: Uint8Array
}

/** The one way out of the emulator: policies and the credential manager send their requests here. */
export interface Outbound {
  /**
   * Sends one request and reads the whole answer; a status of 400 and above is an answer, not an error.
   * Rejects with `ApimKitError` `service-unreachable` when no answer comes, with the signal's reason when it was aborted.
   */
  send(request: OutboundRequest): Promise<OutboundResponse>
  /** Closes the idle connections. */
  close(): void
}

/** Options of {@link createOutbound}. */
export interface OutboundOptions {
  /**
   * Host names that the emulator answers itself, with the base URL that does: `login.microsoftonline.com` or, for all names
   * below it, `*.vault.azure.net`. Read anew for every request, so it may be filled after the listeners know their ports.
   * The answering side sees the original name in `Host`. Every other host is the real one.
   */
  readonly hosts: Readonly<Record<string, string>>
}
