/** A URL template of an operation, ready to be compared with requests. */
export interface UrlTemplate {
  /** The path in lower case when it has no parameters, so that it can be looked up. */
  readonly fixedPath: string | undefined
  /** How specific each segment is, smaller is more so: 0 text, 1 text with parameters, 2 one parameter, 3 a wildcard. */
  readonly ranks: readonly number[]
  /** What the query has to have. */
  readonly query: readonly QueryPart[]
  /** The parameters' values, still percent-encoded; undefined when the path is another one. */
  matchPath(path: string): ReadonlyMap<string, string> | undefined
}

/** One pair of a template's query: `a={b}` or, without a parameter, `a=text`. */
interface QueryPart {
  readonly name: string
  readonly parameter: string | undefined
  readonly text: string
}

/** A piece of a template's path. */
type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter' | 'wildcard'; readonly name: string }

/**
 * Compiles a template: `/orders/{id}`, `/files/{*path}`, `/*`, `/get?a={b}`. Text compares without regard to case, as the
 * service does; a parameter stands for at least one character and no slash, a wildcard for anything.
 */
export function compileTemplate(template: string): UrlTemplate {
  const mark = template.indexOf('?')
  const path = mark < 0 ? template : template.slice(0, mark)
  const tokens = tokensOf(path)
  return {
    fixedPath: tokens.some(({ kind }) => kind !== 'text') ? undefined : encoded(path).toLowerCase(),
    ranks: path.split('/').map(rankOf),
    query: mark < 0 ? [] : queryParts(template.slice(mark + 1)),
    matchPath: (asked) => matchTokens(tokens, asked, asked.toLowerCase()),
  }
}

/** Which of two templates is tried first: the one whose first different segment is more specific, then the longer query. */
export function compareTemplates(a: UrlTemplate, b: UrlTemplate): number {
  for (let at = 0; at < Math.max(a.ranks.length, b.ranks.length); at++) {
    const difference = (a.ranks[at] ?? 0) - (b.ranks[at] ?? 0)
    if (difference !== 0) return difference
  }
  return b.query.length - a.query.length
}

/** The query's part of the parameters; undefined when the query lacks what the template wants. */
export function matchQuery(
  template: UrlTemplate,
  query: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>()
  for (const part of template.query) {
    const given = valuesOf(query, part.name)
    if (given === undefined || (part.parameter === undefined && !given.includes(part.text))) return undefined
    if (part.parameter !== undefined) values.set(part.parameter, given[0] ?? '')
  }
  return values
}

function valuesOf(query: ReadonlyMap<string, readonly string[]>, name: string): readonly string[] | undefined {
  const wanted = name.toLowerCase()
  for (const [key, values] of query) if (key.toLowerCase() === wanted) return values
  return undefined
}

function tokensOf(path: string): Token[] {
  return path
    .split(/(\{[^{}]*\}|\*)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '*') return { kind: 'wildcard', name: '' }
      const parameter = /^\{(\*?)([^{}]*)\}$/.exec(part)
      if (parameter === null) return { kind: 'text', text: encoded(part).toLowerCase() }
      return { kind: parameter[1] === '*' ? 'wildcard' : 'parameter', name: parameter[2] ?? '' }
    })
}

/**
 * Compares without going back: a parameter ends where the text after it is met first, a wildcard where it is met last. A
 * regular expression would go back, and with several parameters in one segment for as long as a hostile path wants.
 */
function matchTokens(tokens: readonly Token[], path: string, lower: string): Map<string, string> | undefined {
  const values = new Map<string, string>()
  let at = 0
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'text') {
      if (!lower.startsWith(token.text, at)) return undefined
      at += token.text.length
    } else {
      const end = valueEnd(token.kind, tokens[index + 1], index + 2 >= tokens.length, lower, at)
      const value = path.slice(at, end)
      if (end < at || (token.kind === 'parameter' && (value === '' || value.includes('/')))) return undefined
      if (token.name !== '') values.set(token.name, value)
      at = end
    }
  }
  return at === path.length ? values : undefined
}

/** Where a value that begins at `at` ends; before `at` when the text after it is missing. */
function valueEnd(
  kind: 'parameter' | 'wildcard',
  next: Token | undefined,
  nextIsLast: boolean,
  lower: string,
  at: number,
): number {
  if (next === undefined) return lower.length
  // Two parameters side by side cannot be told apart; the first takes one character.
  if (next.kind !== 'text') return kind === 'wildcard' ? at : at + 1
  if (nextIsLast) return lower.endsWith(next.text) ? lower.length - next.text.length : -1
  return kind === 'wildcard' ? lower.lastIndexOf(next.text) : lower.indexOf(next.text, at + 1)
}

function rankOf(segment: string): number {
  if (/^\*$|\{\*/.test(segment)) return 3
  if (/^\{[^{}]*\}$/.test(segment)) return 2
  return segment.includes('{') || segment.includes('*') ? 1 : 0
}

/** Templates are written with or without percent-encoding, requests come with it. */
function encoded(text: string): string {
  return text.replace(/[^\u0021-\u007e]+/g, (run) => encodeURI(run))
}

function queryParts(text: string): QueryPart[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=', 2)
      return { name, parameter: /^\{\*?([^{}]+)\}$/.exec(value)?.[1], text: value }
    })
}
