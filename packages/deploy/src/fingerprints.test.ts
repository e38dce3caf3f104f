import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  fingerprint,
  fingerprintLength,
  markLength,
  newKey,
  ownershipMark,
  placeTag,
  tagLength,
} from './fingerprints.js'

const key = newKey()
const place = { resource: '/namedvalues/x', path: 'properties.value' }

it('is the same for the same and different for anything else', () => {
  const print = fingerprint(key, place, 's3cret')
  expect(fingerprint(key, { ...place }, 's3cret')).toBe(print)
  expect(fingerprint(newKey(), place, 's3cret')).not.toBe(print)
  expect(fingerprint(key, { ...place, path: 'properties.other' }, 's3cret')).not.toBe(print)
  expect(fingerprint(key, { ...place, resource: '/namedvalues/y' }, 's3cret')).not.toBe(print)
  expect(fingerprint(key, place, 's3creT')).not.toBe(print)
})

it('does not mistake one place for another whose texts run together the same way', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
      fc.pre(b !== '')
      const one = fingerprint(key, { resource: a + b, path: c }, 'v')
      expect(fingerprint(key, { resource: a, path: b + c }, 'v')).not.toBe(one)
    }),
  )
})

it('has the lengths that the state counts on', () => {
  expect(placeTag(key, place)).toHaveLength(tagLength)
  expect(fingerprint(key, place, 'v')).toHaveLength(fingerprintLength)
  expect(ownershipMark(key, place.resource)).toHaveLength(markLength)
})
