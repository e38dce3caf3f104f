import { expectText } from './expected.js'

const brand = Symbol.for('apim-kit.output')

/** The values that only the deployed service knows. Azure's names. */
export type ServiceOutputName = 'principalId' | 'tenantId' | 'gatewayUrl' | 'name'

/**
 * A text with parts that are only known once the service has been asked: filled in when a plan is made.
 *
 * @example
 * api('unprotected', { path: 'unprotected', serviceUrl: concat(service.gatewayUrl, '/protected') })
 */
export class Output {
  /** Literal text and the outputs between it, in order. */
  readonly parts: readonly (string | { readonly output: ServiceOutputName })[]

  constructor(parts: Output['parts']) {
    this.parts = Object.freeze([...parts])
    Object.defineProperty(this, brand, { value: true })
    Object.freeze(this)
  }

  /** The text, with every output replaced by what `values` holds. */
  fill(values: Readonly<Record<ServiceOutputName, string>>): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : values[part.output])).join('')
  }

  /** A readable form for messages and plans that are printed before the service was asked: `{service.gatewayUrl}/protected`. */
  toString(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : `{service.${part.output}}`)).join('')
  }

  toJSON(): string {
    return this.toString()
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }
}

/**
 * Joins texts and outputs to one text, as ARM's function of that name does.
 *
 * @throws ApimKitError `invalid-input` where a part is something else
 */
export function concat(...parts: readonly (string | Output)[]): Output {
  return new Output(
    parts.flatMap((part) => {
      if (part instanceof Output) return part.parts
      expectText('concat', part, "concat(service.gatewayUrl, '/orders')")
      return [part]
    }),
  )
}
