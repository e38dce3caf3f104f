import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('DateTime', () => {
  it.each([
    ['@(new DateTime(2024,2,29,13,5,9))', '02/29/2024 13:05:09'],
    ['@(new DateTime(2024,2,29,13,5,9,7,DateTimeKind.Utc).ToString("o"))', '2024-02-29T13:05:09.0070000Z'],
    ['@(new DateTime(2024,2,29,13,5,9,7).ToString("o"))', '2024-02-29T13:05:09.0070000'],
    ['@(new DateTime(2024,1,31).AddMonths(1).Day)', '29'],
    ['@(new DateTime(2024,2,29).AddYears(1).ToString("d"))', '02/28/2025'],
    ['@(new DateTime(1970,1,1).Ticks)', '621355968000000000'],
    ['@(new DateTime(2024,3,1) - new DateTime(2024,2,28))', '2.00:00:00'],
    ['@((int)new DateTime(2024,2,29).DayOfWeek)', '4'],
    ['@(new DateTime(2024,2,29).DayOfWeek)', 'Thursday'],
    ['@(new DateTime(2024,2,30))', 'ArgumentOutOfRangeException'],
    ['@(DateTime.Parse("2024-02-29T13:05:09+02:00").Hour)', '11'],
    ['@(DateTime.Parse("02/03/2024").Month)', '2'],
    ['@(DateTime.Parse("nope"))', 'FormatException'],
    ['@(DateTime.ParseExact("29.02.2024 13:05", "dd.MM.yyyy HH:mm", null).ToString("s"))', '2024-02-29T13:05:00'],
    [
      '@(DateTime.TryParseExact("2024-13", "yyyy-MM", null, System.Globalization.DateTimeStyles.None, out var d))',
      'False',
    ],
    ['@(DateTime.DaysInMonth(2023, 2))', '28'],
    ['@(new DateTime(2024,2,29).AddDays(0.5).Hour)', '12'],
    ['@(new DateTime(2024,3,1) == new DateTime(2024,3,1,0,0,0))', 'True'],
    ['@(DateTime.MaxValue.AddTicks(1))', 'ArgumentOutOfRangeException'],
    ['@("on " + new DateTime(2024,2,29))', 'on 02/29/2024 00:00:00'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('TimeSpan', () => {
  it.each([
    ['@(TimeSpan.FromHours(25).Hours)', '1'],
    ['@(TimeSpan.FromHours(25).TotalMinutes)', '1500'],
    ['@(TimeSpan.FromSeconds(90061.5))', '1.01:01:01.5000000'],
    ['@(TimeSpan.FromMinutes(5) > TimeSpan.Zero)', 'True'],
    ['@(-TimeSpan.FromMinutes(5))', '-00:05:00'],
    ['@(TimeSpan.Parse("1.02:03:04").TotalHours)', '26.0511111111111'],
    ['@(TimeSpan.FromDays(1e9))', 'OverflowException'],
    ['@(new TimeSpan(1, 2, 3).ToString("hh\\\\:mm"))', '01:02'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('DateTimeOffset', () => {
  it.each([
    ['@(new DateTimeOffset(2024,2,29,13,5,9,TimeSpan.FromHours(2)))', '02/29/2024 13:05:09 +02:00'],
    ['@(new DateTimeOffset(2024,2,29,13,5,9,TimeSpan.FromHours(2)).ToUnixTimeSeconds())', '1709204709'],
    ['@(DateTimeOffset.FromUnixTimeSeconds(0).UtcDateTime.ToString("o"))', '1970-01-01T00:00:00.0000000Z'],
    [
      '@(new DateTimeOffset(new DateTime(2024,1,1,0,0,0,DateTimeKind.Utc), TimeSpan.FromHours(1)))',
      'ArgumentException',
    ],
    ['@(DateTimeOffset.Parse("2024-02-29T13:05:09+05:30").Offset)', '05:30:00'],
    ['@(DateTimeOffset.Parse("2024-02-29T13:05:09+05:30") == DateTimeOffset.Parse("2024-02-29T07:35:09Z"))', 'True'],
    ['@((DateTimeOffset)new DateTime(2024,1,1) - TimeSpan.FromDays(1))', '12/31/2023 00:00:00 +00:00'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('TimeZoneInfo', () => {
  it.each([
    [
      '@(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(new DateTime(2024,7,1,12,0,0,DateTimeKind.Utc), "Eastern Standard Time").Hour)',
      '8',
    ],
    [
      '@(TimeZoneInfo.ConvertTimeFromUtc(new DateTime(2024,1,1,12,0,0,DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById("W. Europe Standard Time")).Hour)',
      '13',
    ],
    [
      '@(TimeZoneInfo.ConvertTimeToUtc(new DateTime(2024,7,1,12,0,0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).Hour)',
      '10',
    ],
    ['@(TimeZoneInfo.FindSystemTimeZoneById("Nowhere"))', 'TimeZoneNotFoundException'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
