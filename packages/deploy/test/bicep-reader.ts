/** A declaration of a Bicep file. */
export interface Declaration {
  readonly keyword: string
  readonly name: string
  /** The text behind the name: a resource's type, a parameter's type, a module's file. */
  readonly type: string
  readonly existing: boolean
  /** Objects, lists and texts as such; code as `{ code }`, a text with code in it as the list of its pieces. */
  readonly value: unknown
}

const token =
  /\s*(?:(@\w+(?:\((?:'(?:[^'\\]|\\.)*')?\))?)|('(?:[^'\\$]|\\(?:u\{[0-9a-f]+\}|.)|\$(?!\{)|\$\{[^}]*\})*')|([A-Za-z_][\w.]*(?:\(\))?(?:\.\w+)*)|(-?\d+)|([{}[\]:=]))/y

/** Reads as much of Bicep as apim-kit writes; anything else throws. */
export function readBicep(text: string): Declaration[] {
  const tokens = tokenize(text)
  const take = (): string => tokens.shift() ?? fail('the end')
  const expectToken = (wanted: string): void => {
    const found = take()
    if (found !== wanted) fail(`${found} instead of ${wanted}`)
  }
  const value = (): unknown => {
    const next = take()
    if (next === '{') return object()
    if (next === '[') return list()
    if (next.startsWith(`'`)) return pieces(next)
    if (/^-?\d+$/.test(next)) return Number(next)
    if (next === 'true' || next === 'false' || next === 'null') return JSON.parse(next) as unknown
    return { code: next }
  }
  const object = (): unknown => {
    const entries: [string, unknown][] = []
    while (tokens[0] !== '}') {
      const key = take()
      expectToken(':')
      entries.push([key.startsWith(`'`) ? String(pieces(key)) : key, value()])
    }
    take()
    return Object.fromEntries(entries)
  }
  const list = (): unknown => {
    const items: unknown[] = []
    while (tokens[0] !== ']') items.push(value())
    take()
    return items
  }
  const declarations: Declaration[] = []
  while (tokens.length > 0) {
    const keyword = take()
    if (keyword.startsWith('@')) continue
    if (!['param', 'resource', 'module'].includes(keyword)) fail(keyword)
    const name = take()
    const type = take()
    if (keyword === 'param') {
      declarations.push({ keyword, name, type, existing: false, value: undefined })
      continue
    }
    const existing = tokens[0] === 'existing'
    if (existing) take()
    expectToken('=')
    declarations.push({ keyword, name, type: String(pieces(type)), existing, value: value() })
  }
  return declarations
}

function tokenize(text: string): string[] {
  const tokens: string[] = []
  for (let position = 0; text.slice(position).trim() !== ''; position = token.lastIndex) {
    token.lastIndex = position
    const found = token.exec(text)
    if (found === null) return fail(text.slice(position, position + 40))
    tokens.push(found[0].trimStart())
  }
  return tokens
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", $: '$' }

/** The text of a literal, or its pieces where code stands in it. */
function pieces(literal: string): unknown {
  const found: (string | { code: string })[] = ['']
  for (const [all, code, point, escape] of literal
    .slice(1, -1)
    .matchAll(/\$\{([^}]*)\}|\\u\{([0-9a-f]+)\}|\\(.)|[^]/g)) {
    const last = found.at(-1)
    if (code !== undefined) {
      found.push({ code })
      continue
    }
    if (/[\n\r]/.test(all)) fail('a line break inside a text')
    const text =
      point !== undefined
        ? String.fromCodePoint(parseInt(point, 16))
        : escape === undefined
          ? all
          : (escapes[escape] ?? fail(`\\${escape}`))
    if (typeof last === 'string') found[found.length - 1] = last + text
    else found.push(text)
  }
  const all = found.filter((piece) => piece !== '')
  if (all.every((piece) => typeof piece === 'string')) return all.join('')
  return all
}

function fail(what: string): never {
  throw new Error(`no Bicep that apim-kit writes: ${what}`)
}
