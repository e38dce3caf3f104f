import { expect, it } from 'vitest'
import { everyKind } from './every-kind.js'
import { expectToConverge, refusals } from './fault-matrix.js'

const shop = everyKind()

it.each(Object.entries(refusals))(
  'every kind is deployed, whichever request is refused with %s',
  async (name, fault) => {
    const { cases } = await expectToConverge({ stack: shop, run: async (to) => to.apply(shop) }, { [name]: fault })
    // A list a collection, a write a resource, and what is remembered.
    expect(cases).toBeGreaterThan(shop.resources.length + 20)
  },
  120_000,
)
