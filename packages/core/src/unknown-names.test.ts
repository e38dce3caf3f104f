import { expect, it } from 'vitest'
import { refuseUnknown } from './unknown-names.js'

it('lets known options pass, also undefined ones', () => {
  expect(() => refuseUnknown('deployTo', { endpoint: undefined }, { endpoint: true })).not.toThrow()
})

it('names every unknown option and what was probably meant', () => {
  expect(() => refuseUnknown('deployTo', { endpont: 'x', constructor: 1 }, { endpoint: true })).toThrow(
    /deployTo are not valid:\n {2}endpont: there is no such option; did you mean "endpoint"\?\n {2}constructor: /,
  )
})
