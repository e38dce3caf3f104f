import { describe, expect, it } from 'vitest'
import { MemoryStream } from './memory-stream.js'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

describe('MemoryStream', () => {
  it('grows when it has an array of its own, and fills a gap with zeros', () => {
    const stream = MemoryStream.empty()
    stream.position = 2
    stream.write(bytes(7))
    expect([...stream.bytes]).toEqual([0, 0, 7])
    expect(stream.capacity).toBe(256)
    stream.length = 1
    stream.length = 3
    expect([...stream.bytes]).toEqual([0, 0, 0])
  })

  it('stays within an array that was given', () => {
    const stream = MemoryStream.over(bytes(1, 2))
    stream.write(bytes(9))
    expect([...stream.read(5)]).toEqual([2])
    expect(() => stream.write(bytes(1))).toThrow('not expandable')
    expect(() => stream.buffer).toThrow('cannot be accessed')
    expect(() => MemoryStream.over(bytes(1), false).write(bytes(1))).toThrow('does not support writing')
  })

  it('finds its place from three sides', () => {
    const stream = MemoryStream.over(bytes(1, 2, 3))
    expect([stream.seek(1, 0), stream.seek(1, 1), stream.seek(-3, 2)]).toEqual([1, 2, 0])
    expect(() => stream.seek(-1, 0)).toThrow('before the beginning')
  })

  it('only tells what it held once it is closed', () => {
    const stream = MemoryStream.over(bytes(1, 2))
    stream.dispose()
    expect([...stream.bytes]).toEqual([1, 2])
    expect(() => stream.read(1)).toThrow('closed Stream')
  })
})
