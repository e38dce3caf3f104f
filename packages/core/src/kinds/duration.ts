import { text, type FieldOptions } from '../fields.js'

const form = /^P(?=.)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** A span of time as ISO 8601 writes it: `PT1M30S`. The SDK takes nothing else. */
export const duration = <const O extends FieldOptions>(options?: O): ReturnType<typeof text<O>> =>
  text({ ...(options ?? ({} as O)), pattern: form, example: 'PT1M30S', span: true })

/** How long a span of time is, in seconds; undefined for a text that is none. */
export function secondsOf(span: string): number | undefined {
  const found = form.exec(span)
  if (found === null) return undefined
  const [days, hours, minutes, seconds] = found.slice(1).map((part: string | undefined) => Number(part ?? 0))
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)
}
