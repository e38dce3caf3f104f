/**
 * The wording of every problem in one place. Each says what was met and what to write instead; rule ids and places are the
 * business of those who report.
 */
export const messages = {
  missing: () => 'is missing; it is required',
  emptyList: () => 'is empty; at least one is required',
  expected: (expected: string, met: unknown) => `expected ${expected}, got ${show(met)}`,
  expressionNotAllowed: () => 'takes no expression; write the value itself, or a named value',
  notLiteral: (data: string) =>
    `the service would not take ${show(data)} literally, and no expression may stand here to say it; leave out the {{ or the leading @`,
  illegalCharacter: (character: string) => `holds ${character}; leave it out`,
  ruleNeeds: (property: string, when: string) => `${property} is missing; it is needed ${when}`,
  ruleExactlyOne: (names: string, met: string) => `exactly one of ${names} is needed, ${met}`,
  ruleAtMostOne: (names: string, met: string) => `${names} exclude each other, ${met}; keep one`,
  connectionExpected: (met: unknown) =>
    `get-authorization-context: connection: expected a connection resource, got ${show(met)}; declare one with connection(…), or give providerId and authorizationId`,
  bearerNeedsName: () =>
    'setBearerHeader() needs the variable as a plain name, since its expression reads that name; write the set-header yourself where the name is computed',
  ruleAtLeastOne: (names: string) => `at least one of ${names} is needed`,
}

/** A value as messages show it: short, on one line. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : `an object of ${Object.keys(value).join(', ') || 'nothing'}`
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
