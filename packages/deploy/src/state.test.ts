import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fingerprint, newKey, ownershipMark, placeTag, stateDigest } from './fingerprints.js'
import {
  editState,
  fingerprintAt,
  fingerprintsOf,
  formatState,
  isCreated,
  maximumLength,
  newState,
  parseState,
  type State,
} from './state.js'

const key = newKey()
const place = (index: number): { resource: string; path: string } => ({ resource: `/r/${index}`, path: 'properties.x' })
const tag = (index: number): string => placeTag(key, place(index))
const mac = (index: number, value = 'v'): string => fingerprint(key, place(index), value)
const mark = (index: number): string => ownershipMark(key, `/r/${index}`)
const range = (length: number): number[] => Array.from({ length }, (_, index) => index)

function filled(count: number): State {
  const state = newState(key)
  const secrets = new Map(range(count).map((index) => [tag(index), mac(index)]))
  return editState(state, { secrets, created: range(count).map(mark) })
}

it('reads back what it wrote, whatever was done to it', () => {
  const edit = fc.record({
    set: fc.array(fc.tuple(fc.nat(400), fc.string())),
    drop: fc.array(fc.nat(400)),
    create: fc.array(fc.nat(400)),
    undo: fc.array(fc.nat(400)),
  })
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
      const secrets = new Map<string, string>()
      const created = new Set<string>()
      let state: State = newState(key)
      for (const { set, drop, create, undo } of edits) {
        const dropped = new Set(drop.map(tag))
        for (const one of dropped) secrets.delete(one)
        for (const [index, value] of set) secrets.set(tag(index), mac(index, value))
        for (const one of undo) created.delete(mark(one))
        const added = create.filter((one) => !undo.includes(one)).map(mark)
        for (const one of added) created.add(one)
        state = editState(state, {
          secrets: new Map(set.map(([index, value]) => [tag(index), mac(index, value)])),
          keep: (one) => !dropped.has(one),
          created: added,
          notCreated: new Set(undo.map(mark)),
        })
        state = parseState(formatState(state))
      }
      expect(fingerprintsOf(state)).toEqual(secrets)
      expect(state.digest).toBe(stateDigest(key, secrets))
      expect(new Map([...secrets.keys()].map((one) => [one, fingerprintAt(state, one)]))).toEqual(secrets)
      expect(new Set(state.chunks.flatMap((chunk) => [...chunk.created]))).toEqual(created)
    }),
  )
})

it('keeps ten thousand connections in texts that the service takes', () => {
  const texts = formatState(filled(10_000))
  expect(texts.length).toBeLessThan(105)
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(maximumLength)
  const state = parseState(texts)
  expect(fingerprintAt(state, tag(9_999))).toBe(mac(9_999))
  expect(isCreated(state, mark(9_999))).toBe(true)
})

it('changes one text for a secret that goes and comes back, wherever it stands', () => {
  const before = formatState(filled(1_000))
  const changed = (from: readonly string[], to: readonly string[]): number[] =>
    to.flatMap((text, index) => (text === from[index] ? [] : [index]))
  const during = formatState(editState(parseState(before), { keep: (one) => one !== tag(500) }))
  expect(changed(before, during)).toEqual([0])
  expect(fingerprintAt(parseState(during), tag(500))).toBeUndefined()
  const after = formatState(editState(parseState(during), { secrets: new Map([[tag(500), mac(500, 'rotated')]]) }))
  expect(changed(during, after)).toEqual([0])
  expect(fingerprintAt(parseState(after), tag(500))).toBe(mac(500, 'rotated'))
})

it('says by its first text alone whether all of it is as expected', () => {
  const [first] = formatState(filled(1_000))
  const expected = new Map(range(1_000).map((index) => [tag(index), mac(index)]))
  expect(parseState([first]).digest).toBe(stateDigest(key, new Map([...expected].toReversed())))
  expect(parseState([first]).digest).not.toBe(stateDigest(key, expected.set(tag(7), mac(7, 'other'))))
})

it('does without a text that is gone', () => {
  const [first, , ...rest] = formatState(filled(1_000))
  const state = parseState([first, undefined, ...rest])
  expect(range(1_000).filter((index) => fingerprintAt(state, tag(index)) === mac(index)).length).toBeGreaterThan(500)
})

it.each(['', 'something else', 'apim-kit-2;1;key;;;', 'apim-kit-1;1;key'])(
  'refuses %j, which it did not write',
  (text) => {
    expect(() => parseState([text])).toThrow('was not written by this version of apim-kit')
  },
)
