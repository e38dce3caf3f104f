import type { ProductProperties } from '../emulator-context.js'
import type { ApiInfo, GroupInfo, ProductInfo } from '../expression/index.js'
import { notSupported } from './not-supported.js'

/** `context.Product`. The gateway knows no groups: asking for them fails by name instead of giving none. */
export class GatewayProduct implements ProductInfo {
  readonly name: string
  readonly subscriptionRequired: boolean
  readonly approvalRequired: boolean
  readonly published: boolean
  readonly subscriptionsLimit: number | null
  readonly #apis: () => readonly ApiInfo[]

  /** @param apis gives the product's APIs, asked when an expression wants them */
  constructor(
    readonly id: string,
    properties: ProductProperties,
    apis: () => readonly ApiInfo[],
  ) {
    this.name = properties.displayName
    this.subscriptionRequired = properties.subscriptionRequired
    this.approvalRequired = properties.approvalRequired ?? false
    this.published = properties.state === 'published'
    this.subscriptionsLimit = properties.subscriptionsLimit ?? null
    this.#apis = apis
  }

  get apis(): readonly ApiInfo[] {
    return this.#apis()
  }

  get groups(): readonly GroupInfo[] {
    throw notSupported('context.Product.Groups cannot be had: the emulator’s gateway keeps no groups.')
  }
}
