import type { Call, Code, Entry, Template } from './code.js'

const width = 120

/**
 * Lays code out as formatters do: on one line where it fits, else one entry a line.
 *
 * @param indent - blanks in front of the line on which it stands
 * @param column - where on that line it begins
 * @param after - how many characters have to follow on its last line, a comma for instance
 */
export function printCode(code: Code, indent: number, column: number, after = 0): string {
  const line = flat(code)
  if (line !== undefined && column + line.length + after <= width) return line
  switch (code.kind) {
    case 'shared':
      return printCode(code.code, indent, column, after)
    case 'atom':
      return code.text
    case 'template':
      return templateText(code, indent)
    case 'call':
      return brokenCall(code, indent, column, after)
    default:
      return brokenEntries(code, indent)
  }
}

/** The code on one line; undefined where it has to have several. */
function flat(code: Code): string | undefined {
  switch (code.kind) {
    case 'shared':
      return flat(code.code)
    case 'atom':
      return code.text
    case 'template': {
      const text = templateText(code, 0)
      return text.includes('\n') ? undefined : text
    }
    case 'call': {
      const values = allFlat(code.arguments)
      return values === undefined ? undefined : `${head(code)}(${values.join(', ')})${tail(code)}`
    }
    default: {
      if (hasToBreak(code)) return undefined
      const values = allFlat(code.entries.map((entry) => entry.code))
      if (values === undefined) return undefined
      if (code.kind === 'list') return `[${values.join(', ')}]`
      const entries = code.entries.map(({ name }, index) => property(name, values[index] ?? ''))
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
    }
  }
}

function allFlat(codes: readonly Code[]): string[] | undefined {
  const texts = codes.map(flat)
  return texts.every((text) => text !== undefined) ? texts : undefined
}

const property = (name: string, text: string): string => (name === text ? name : `${name}: ${text}`)

/** Notes and blank lines need lines of their own, and several objects in a list read better below each other. */
const hasToBreak = (code: Extract<Code, { readonly entries: readonly Entry[] }>): boolean =>
  code.entries.some(({ note, spaced }) => note !== undefined || spaced === true) ||
  (code.kind === 'list' && code.entries.length > 1 && code.entries.every((entry) => isBigObject(entry.code)))

const isBigObject = (code: Code): boolean => code.kind === 'object' && code.entries.length > 1

const head = ({ callee, isClass }: Call): string => (isClass === true ? `new ${callee}` : callee)
const tail = ({ method }: Call): string => (method === undefined ? '' : `.${method}()`)

function templateText({ tag = '', parts }: Template, indent: number): string {
  const texts = parts.map((part) => (typeof part === 'string' ? part : `\${${printCode(part, indent, 0)}}`))
  return `${tag}\`${texts.join('')}\``
}

/** An object, a list or a text of several lines begins on the line of the call; anything else on a line of its own. */
function brokenCall(code: Call, indent: number, column: number, after: number): string {
  const begin = `${head(code)}(`
  const [first] = code.arguments
  if (code.arguments.length === 1 && first !== undefined && opensLines(first)) {
    const end = `)${tail(code)}`
    return `${begin}${printCode(first, indent, column + begin.length, end.length + after)}${end}`
  }
  const lines = code.arguments.map((each) => `${blanks(indent + 2)}${printCode(each, indent + 2, indent + 2, 1)},\n`)
  return `${begin}\n${lines.join('')}${blanks(indent)})${tail(code)}`
}

const opensLines = (code: Code): boolean =>
  code.kind === 'object' ||
  code.kind === 'list' ||
  (code.kind === 'template' && flat(code) === undefined) ||
  (code.kind === 'shared' && opensLines(code.code))

function brokenEntries(code: Extract<Code, { readonly entries: readonly Entry[] }>, indent: number): string {
  const inner = indent + 2
  const lines =
    code.kind === 'list'
      ? code.entries.map((entry) => entryLines(entry, inner, printCode(entry.code, inner, inner, 1)))
      : code.entries.map((entry) => entryLines(entry, inner, printProperty(entry.name, entry.code, inner)))
  const [open, close] = code.kind === 'list' ? ['[', ']'] : ['{', '}']
  // A blank line at the beginning of a block separates nothing.
  return `${open}\n${lines.join('').replace(/^\n/, '')}${blanks(indent)}${close}`
}

function entryLines({ note = '', spaced }: Entry, indent: number, text: string): string {
  const notes = note.replace(/^.+\n?/gm, (line) => `${blanks(indent)}// ${line.trimEnd()}\n`)
  return `${spaced === true ? '\n' : ''}${notes}${blanks(indent)}${text},\n`
}

/** `name: value`; a string that is too long for the line stands on the next one. */
export function printProperty(name: string, code: Code, indent: number, separator = ':'): string {
  const begin = `${name}${separator} `
  const text = printCode(code, indent, indent + begin.length, 1)
  if (code.kind === 'atom' && text === name) return name
  const tooLong = code.kind === 'atom' && indent + begin.length + text.length + 1 > width
  return tooLong ? `${name}${separator}\n${blanks(indent + 2)}${text}` : `${begin}${text}`
}

const blanks = (count: number): string => ' '.repeat(count)
