import { KEYWORDS } from '../token.js'

/** A name that is a keyword was written with `@`. */
export const printName = (name: string): string => (KEYWORDS.has(name) ? `@${name}` : name)
