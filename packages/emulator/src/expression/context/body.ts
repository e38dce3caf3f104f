import { DotNetException } from '../values/exception.js'

/**
 * The body of a message. Reading it consumes it, as `Body.As<T>()` does in the service; with `preserveContent` it stays.
 * A message without a body has `null` in place of this object.
 */
export class MessageBody {
  static readonly clrName = 'IMessageBody'

  readonly #content: Uint8Array
  #consumed = false

  /** @param content the bytes, or text that is kept as UTF-8. */
  constructor(content: Uint8Array | string) {
    this.#content = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  }

  /** Whether an expression has read the body without preserving it. */
  get consumed(): boolean {
    return this.#consumed
  }

  /**
   * What the gateway forwards: the bytes, or none once the body was consumed.
   * The documentation does not say what is sent after a consuming read; an empty body is what callers report.
   */
  get remaining(): Uint8Array {
    return this.#consumed ? new Uint8Array(0) : this.#content
  }

  /**
   * The bytes, for an expression.
   *
   * @param preserveContent leaves the body readable. Default false.
   * @throws DotNetException InvalidOperationException once the body was consumed.
   */
  read(preserveContent = false): Uint8Array {
    if (this.#consumed) {
      throw new DotNetException(
        'System.InvalidOperationException',
        'The body has been read already; read it with preserveContent: true to keep it.',
      )
    }
    this.#consumed = !preserveContent
    return this.#content
  }
}
