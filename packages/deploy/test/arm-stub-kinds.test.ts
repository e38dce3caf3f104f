import { afterEach, beforeEach, describe } from 'vitest'
import type { Habits } from './arm-stub/habits.js'
import { startArmStub, writesOf, type ArmStub } from './arm-stub/server.js'
import { describeEveryKind } from './kind-suite.js'

/** Every kind, against a Resource Manager that was written apart from the emulator. */

const variations: Readonly<Record<string, Partial<Habits>>> = {
  'as it was observed': {},
  'that shows everything in another way': {
    pageSize: 1,
    listOrder: 'reversed',
    keyOrder: 'reversed',
    entityTags: 'all',
    demandsIfMatch: true,
    longRunning: 'operation',
    deletesLater: true,
    idCase: 'upper',
    nothing: 'empty',
    unknownMembers: true,
    aadDefaults: true,
    policyFormat: 'xml',
  },
}

describe.each(Object.entries(variations))('a service %s', (_title, habits) => {
  let stub: ArmStub
  beforeEach(async () => {
    stub = await startArmStub(habits)
  })
  afterEach(async () => stub.close())

  describeEveryKind(() => ({
    address: stub.address,
    endpoint: stub.url,
    writes: () => writesOf(stub).filter((write) => !write.includes('apim-kit.')),
    forget: () => void stub.requests.splice(0),
  }))
})
