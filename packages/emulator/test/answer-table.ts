import { readdirSync, readFileSync } from 'node:fs'

/**
 * Reads the tables under `answers/`: what .NET answers to an expression. A table is text:
 *
 * ```
 * # Casts
 *
 * @((int)3.99)
 * = Int32 3
 *
 * @(context.Request.Headers["Accept"][0])
 * given headers
 * = String text/plain
 * given {"request": {"headers": {}}}
 * ! KeyNotFoundException: The given key was not present in the dictionary.
 * ```
 *
 * `#` starts a group. An expression goes on until a line that starts with `given`, `runtime`, `=` or `!`; one that begins
 * or ends with white space is a JSON string. `given` names a context of `contexts.json` or is one; several lines are laid
 * one over the other. `runtime core` asks for doubles as .NET 5 and later print them. `=` stands before type and text of
 * the value, `System.` left out; `!` before the code of an error, its line and column if it has them, and its message
 * where it is compared. Texts with line breaks, quotes at their start or spaces around them are JSON strings. Further
 * cases of the same expression follow without a blank line.
 */
export function readAnswers(folder: 'observed' | 'tables' | 'known'): AnswerTable[] {
  const directory = new URL(`answers/${folder}/`, import.meta.url)
  return readdirSync(directory)
    .toSorted()
    .map((file) => ({
      name: file.replace(/\.txt$/, ''),
      groups: readGroups(readFileSync(new URL(file, directory), 'utf8').split('\n'), file),
    }))
}

/** A file of answers. */
export interface AnswerTable {
  readonly name: string
  readonly groups: readonly AnswerGroup[]
}

/** Rows under one heading. */
export interface AnswerGroup {
  readonly title: string
  readonly rows: readonly Answer[]
}

/** What .NET gives for one expression in one context. */
export interface Answer {
  /** Where it stands, for messages. */
  readonly place: string
  readonly expression: string
  /** In the form of `context.json`. */
  readonly context: Json
  readonly runtime: 'framework' | 'core'
  /** The answer's line as it stands in the table, `= Int32 3`. */
  readonly expected: string
}

type Json = Readonly<Record<string, unknown>>

const contexts = JSON.parse(readFileSync(new URL('answers/contexts.json', import.meta.url), 'utf8')) as Json

const isAnswer = (line: string): boolean => /^[=!] /.test(line)
const isCase = (line: string): boolean => isAnswer(line) || /^(given|runtime) /.test(line)

function readGroups(lines: readonly string[], file: string): AnswerGroup[] {
  const groups: { title: string; rows: Answer[] }[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.startsWith('# ')) groups.push({ title: line.slice(2), rows: [] })
    if (line === '' || line.startsWith('# ')) {
      at++
      continue
    }
    const start = at
    while (at < lines.length && !isCase(lines[at] ?? '')) at++
    const expression = unquote(lines.slice(start, at).join('\n'))
    const end = lines.indexOf('', at)
    const cases = lines.slice(at, end < 0 ? lines.length : end)
    if (groups.length === 0) groups.push({ title: 'answers', rows: [] })
    groups.at(-1)?.rows.push(...readCases(expression, cases, `${file}:${start + 1}`))
    at += cases.length
  }
  return groups
}

function readCases(expression: string, lines: readonly string[], place: string): Answer[] {
  const rows: Answer[] = []
  let context: Json = {}
  let runtime: Answer['runtime'] = 'framework'
  for (const line of lines) {
    if (line === 'runtime core') runtime = 'core'
    else if (line.startsWith('given ')) context = merge(context, contextOf(line.slice('given '.length), place))
    else if (!isAnswer(line)) throw new Error(`${place}: '${line}' is neither given, runtime, = nor !`)
    else {
      rows.push({ place, expression, context, runtime, expected: line })
      context = {}
      runtime = 'framework'
    }
  }
  if (rows.length === 0) throw new Error(`${place}: no answer`)
  return rows
}

function contextOf(text: string, place: string): Json {
  const context = text.startsWith('{') ? (JSON.parse(text) as Json) : (contexts[text] as Json | undefined)
  if (context === undefined) throw new Error(`${place}: contexts.json has no '${text}'`)
  return context
}

/** Objects are laid one over the other, everything else is replaced; a variable is one thing. */
function merge(under: Json, over: Json): Json {
  const merged: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const old = merged[key]
    merged[key] = isPart(old) && isPart(value) ? merge(old, value) : value
  }
  return merged
}

function isPart(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('type' in value && 'value' in value)
}

function unquote(text: string): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text
}

/** The text of an answer as tables write it. */
export function quote(text: string): string {
  return text === '' || text.startsWith('"') || text !== text.trim() || /[\u0000-\u001f\u0085\u2028\u2029]/.test(text)
    ? JSON.stringify(text)
    : text
}
