/** TypeScript on its way to text: what the importer builds and {@link printCode} lays out. */
export type Code = Atom | Template | Call | ObjectCode | ListCode | Shared

/** A literal, or a name. */
export interface Atom {
  readonly kind: 'atom'
  readonly text: string
}

/** A template literal; the texts among its parts are escaped already. */
export interface Template {
  readonly kind: 'template'
  /** The function in front of it, which is imported. */
  readonly tag?: string
  readonly parts: readonly (string | Code)[]
}

/** A call of an imported function, or of a class with `new`. */
export interface Call {
  readonly kind: 'call'
  readonly callee: string
  readonly isClass?: true
  readonly arguments: readonly Code[]
  /** A method without arguments that is called on the result. */
  readonly method?: string
}

export interface ObjectCode {
  readonly kind: 'object'
  readonly entries: readonly (Entry & { readonly name: string })[]
}

export interface ListCode {
  readonly kind: 'list'
  readonly entries: readonly Entry[]
}

/** A property, or an item of a list. */
export interface Entry {
  readonly code: Code
  /** A comment in front of it. */
  readonly note?: string
  /** A blank line in front of it. */
  readonly spaced?: boolean
}

/** A value that becomes a constant where it stands more than once. */
export interface Shared {
  readonly kind: 'shared'
  /** Equal for values that are the same. */
  readonly key: string
  /** What the constant would be called. */
  readonly name: string
  readonly code: Code
}

export const atom = (text: string): Atom => ({ kind: 'atom', text })

export const call = (callee: string, ...values: readonly Code[]): Call => ({
  kind: 'call',
  callee,
  arguments: values,
})

/** The code directly inside. */
export function partsOf(code: Code): readonly Code[] {
  switch (code.kind) {
    case 'atom':
      return []
    case 'template':
      return code.parts.filter((part) => typeof part !== 'string')
    case 'call':
      return code.arguments
    case 'shared':
      return [code.code]
    default:
      return code.entries.map((entry) => entry.code)
  }
}

/** The same code with its direct parts replaced. */
export function mapParts(code: Code, change: (part: Code) => Code): Code {
  switch (code.kind) {
    case 'atom':
      return code
    case 'template':
      return { ...code, parts: code.parts.map((part) => (typeof part === 'string' ? part : change(part))) }
    case 'call':
      return { ...code, arguments: code.arguments.map(change) }
    case 'shared':
      return { ...code, code: change(code.code) }
    case 'object':
      return { ...code, entries: code.entries.map((entry) => ({ ...entry, code: change(entry.code) })) }
    case 'list':
      return { ...code, entries: code.entries.map((entry) => ({ ...entry, code: change(entry.code) })) }
  }
}

/** The names that have to be imported. */
export function importsOf(code: Code): string[] {
  const own =
    code.kind === 'call' ? [code.callee] : code.kind === 'template' && code.tag !== undefined ? [code.tag] : []
  return [...own, ...partsOf(code).flatMap(importsOf)]
}
