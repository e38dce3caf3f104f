import { text, type FieldOptions } from '../fields.js'

/** A span of time as ISO 8601 writes it: `PT1M30S`. The SDK takes nothing else. */
export const duration = <const O extends FieldOptions>(options?: O): ReturnType<typeof text<O>> =>
  text({
    ...(options ?? ({} as O)),
    pattern: /^P(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/,
    example: 'PT1M30S',
  })
