import { describe, expect, it } from 'vitest'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, kinds, TimeSpan } from '../values/time.js'
import { formatDateTime, formatDateTimeOffset, formatTimeSpan } from './date-format.js'
import { parseDateTime, parseDateTimeOffset, tryParseDateTime } from './date-parse.js'
import { parseTimeSpan } from './time-span-parse.js'

const moment = DateTime.of(2024, 2, 29, 13, 5, 9, 7, kinds.utc)
const today = DateTime.of(2026, 1, 2)

describe('DateTime.ToString', () => {
  it.each([
    [null, '02/29/2024 13:05:09'],
    ['o', '2024-02-29T13:05:09.0070000Z'],
    ['s', '2024-02-29T13:05:09'],
    ['u', '2024-02-29 13:05:09Z'],
    ['R', 'Thu, 29 Feb 2024 13:05:09 GMT'],
    ['d', '02/29/2024'],
    ['D', 'Thursday, 29 February 2024'],
    ['t', '13:05'],
    ['T', '13:05:09'],
    ['g', '02/29/2024 13:05'],
    ['M', 'February 29'],
    ['y', '2024 February'],
    ['yyyy-MM-ddTHH:mm:ssZ', '2024-02-29T13:05:09Z'],
    ['hh:mm tt', '01:05 PM'],
    ['%d', '29'],
    ['ss.fff FFF', '09.007 007'],
    ["'at' H\\h", 'at 13h'],
    ['yy M zzz K', '24 2 +00:00 Z'],
  ])('with %s', (format, text) => expect(formatDateTime(moment, format)).toBe(text))

  it('writes the offset of a DateTimeOffset', () => {
    const value = new DateTimeOffset(DateTime.of(2024, 2, 29, 13, 5, 9), TimeSpan.of(0, 2, 0, 0))
    expect(formatDateTimeOffset(value)).toBe('02/29/2024 13:05:09 +02:00')
    expect(formatDateTimeOffset(value, 'u')).toBe('2024-02-29 11:05:09Z')
    expect(formatDateTimeOffset(value, 'o')).toBe('2024-02-29T13:05:09.0000000+02:00')
    expect(value.unixSeconds).toBe(1709204709n)
  })
})

describe('TimeSpan.ToString', () => {
  it.each([
    [TimeSpan.of(2, 0, 0, 0), null, '2.00:00:00'],
    [TimeSpan.of(0, 0, 5, 0), null, '00:05:00'],
    [TimeSpan.ofMilliseconds(90061500), null, '1.01:01:01.5000000'],
    [TimeSpan.of(0, 0, -5, 0), null, '-00:05:00'],
    [TimeSpan.of(1, 2, 3, 4), 'g', '1:2:03:04'],
    [TimeSpan.of(1, 2, 3, 4), 'G', '1:02:03:04.0000000'],
    [TimeSpan.of(1, 2, 3, 4), 'dd\\.hh\\:mm', '01.02:03'],
  ])('%#', (value, format, text) => expect(formatTimeSpan(value, format)).toBe(text))
})

describe('DateTime.Parse', () => {
  it.each([
    ['2024-02-29T13:05:09Z', '2024-02-29T13:05:09.0000000+00:00'],
    ['2024-02-29T13:05:09+02:00', '2024-02-29T11:05:09.0000000+00:00'],
    ['2024-02-29', '2024-02-29T00:00:00.0000000'],
    ['02/03/2024', '2024-02-03T00:00:00.0000000'],
    ['29 Feb 2024', '2024-02-29T00:00:00.0000000'],
    ['Thu, 29 Feb 2024 13:05:09 GMT', '2024-02-29T13:05:09.0000000+00:00'],
    ['02/29/2024 01:05 PM', '2024-02-29T13:05:00.0000000'],
    ['February 29, 2024', '2024-02-29T00:00:00.0000000'],
    ['2024-02-29 13:05:09.1234567', '2024-02-29T13:05:09.1234567'],
    ['13:05', '2026-01-02T13:05:00.0000000'],
  ])('reads %s', (text, expected) => expect(formatDateTime(parseDateTime(text, today), 'o')).toBe(expected))

  it.each(['', 'abc', '2024-02-30', '13', '25:00'])('refuses "%s"', (text) => {
    expect(tryParseDateTime(text, today)).toBeUndefined()
  })

  it('keeps the offset in a DateTimeOffset', () => {
    expect(formatDateTimeOffset(parseDateTimeOffset('2024-02-29T13:05:09+05:30', today), 'zzz')).toBe('+05:30')
  })
})

describe('TimeSpan.Parse', () => {
  it.each([
    ['00:00:30', '00:00:30'],
    ['1', '1.00:00:00'],
    ['1:30', '01:30:00'],
    ['1.02:03:04.5', '1.02:03:04.5000000'],
    ['-00:00:01', '-00:00:01'],
    ['1.02:03', '1.02:03:00'],
  ])('reads %s', (text, expected) => expect(formatTimeSpan(parseTimeSpan(text))).toBe(expected))

  it('refuses hours beyond a day', () => expect(() => parseTimeSpan('24:00')).toThrow('out of range'))
})

describe('calendar', () => {
  it('clamps a day that the month does not have', () => {
    expect(formatDateTime(DateTime.of(2024, 1, 31).addMonths(1), 'd')).toBe('02/29/2024')
    expect(formatDateTime(DateTime.of(2024, 2, 29).addMonths(12), 'd')).toBe('02/28/2025')
  })

  it('counts ticks from the year 1', () => expect(DateTime.of(1970, 1, 1).ticks).toBe(621355968000000000n))

  it('knows day of week and year', () => {
    expect(moment.dayOfWeek).toBe(4)
    expect(DateTime.of(2024, 12, 31).dayOfYear).toBe(366)
  })
})

describe('Guid', () => {
  it('keeps the first three groups little-endian in its bytes', () => {
    const guid = Guid.parse('6F9619FF-8B86-D011-B42D-00CF4FC964FF')
    expect(Buffer.from(guid.toBytes()).toString('hex')).toBe('ff19966f868b11d0b42d00cf4fc964ff')
    expect(Guid.ofBytes(guid.toBytes()).toString('P')).toBe('(6f9619ff-8b86-d011-b42d-00cf4fc964ff)')
  })

  it('refuses what is none', () => expect(() => Guid.parse('x')).toThrow('Guid should contain 32 digits'))
})
