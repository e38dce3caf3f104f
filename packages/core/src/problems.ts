/** How bad a problem is: an `error` breaks a save, a deployment or a call; a `warning` does not. */
export type Severity = 'error' | 'warning'

/** One fault in something that a user wrote, as data. Several are reported in one pass. */
export interface Problem {
  /** Stable id of the rule, for example `policy/unknown-attribute`. */
  readonly rule: string
  readonly severity: Severity
  /** What was met and what to write instead, for people. */
  readonly message: string
  /** Where, in the words of the thing checked: `connection client-connection: parameters.clientId`, `inbound/set-header[1]`. */
  readonly path: string
  /** 1-based line in the text it was read from, where there is a text. */
  readonly line?: number
  /** 1-based column in that line, in UTF-16 code units. */
  readonly column?: number
}

/** The nearest of `known` to a misspelt `word`, or undefined where none is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let limit = Math.max(1, Math.floor(word.length / 3))
  const lowered = word.toLowerCase()
  let found: string | undefined
  for (const candidate of known) {
    const distance = editDistance(lowered, candidate.toLowerCase(), limit)
    if (distance === undefined) continue
    found = candidate
    // Of two that are equally near the first counts: the next has to be nearer.
    limit = distance - 1
  }
  return found
}

/** `; did you mean "x"?`, or a list of what is known: the tail of every "unknown …" message. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  if (near !== undefined) return `; did you mean "${near}"?`
  return known.length > 0 ? `; known are: ${known.join(', ')}` : ''
}

/** Undefined beyond the limit. It is given up as soon as that is sure: a text with many faults asks for many words. */
function editDistance(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    let least = row
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const distance = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution)
      current.push(distance)
      least = Math.min(least, distance)
    }
    if (least > limit) return undefined
    previous = current
  }
  const distance = previous[b.length] ?? 0
  return distance > limit ? undefined : distance
}
