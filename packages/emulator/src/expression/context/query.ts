/** A query or form text as names with their values, in order; names compare ignoring case and keep their first spelling. */
export function parseQuery(text: string): Map<string, string[]> {
  const result = new Map<string, string[]>()
  const spelling = new Map<string, string>()
  for (const pair of text.replace(/^\?/, '').split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1))
    const key = spelling.get(name.toLowerCase()) ?? name
    spelling.set(name.toLowerCase(), key)
    result.set(key, [...(result.get(key) ?? []), value])
  }
  return result
}

/** Form decoding: `+` is a space; a `%` that starts no escape stays as it is. */
function decode(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
}
