import { atom, importsOf, mapParts, partsOf, type Code, type Shared } from './code.js'

/** A constant in front of the document. */
export interface Constant {
  readonly name: string
  readonly code: Code
}

/** The code with a constant for everything that it shares and says more than once. */
export function liftConstants(code: Code): { readonly constants: readonly Constant[]; readonly code: Code } {
  const counts = new Map<string, number>()
  count(code, counts)
  const names = new Map<string, Constant>()
  const taken = new Set([...importsOf(code), ...reserved])
  const replaced = replace(code, (shared) => {
    if ((counts.get(shared.key) ?? 0) < 2 || !isWorthIt(shared)) return shared.code
    const known = names.get(shared.key)
    const name = known?.name ?? freeName(shared.name, taken)
    if (known === undefined) names.set(shared.key, { name, code: plain(shared.code) })
    return atom(name)
  })
  return { constants: [...names.values()], code: replaced }
}

function count(code: Code, counts: Map<string, number>): void {
  if (code.kind === 'shared') counts.set(code.key, (counts.get(code.key) ?? 0) + 1)
  for (const part of partsOf(code)) count(part, counts)
}

const replace = (code: Code, by: (shared: Shared) => Code): Code => {
  const inner = mapParts(code, (part) => replace(part, by))
  return inner.kind === 'shared' ? by(inner) : inner
}

const plain = (code: Code): Code => replace(code, (shared) => shared.code)

/** A short expression reads better where it stands. */
const isWorthIt = ({ key }: Shared): boolean => !key.startsWith('expression') || key.length > 60

function freeName(wanted: string, taken: Set<string>): string {
  const name = identifier(wanted)
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`
    if (taken.has(candidate)) continue
    taken.add(candidate)
    return candidate
  }
}

/** `X-Correlation ID` → `xCorrelationId`, `AADTenantId` → `aadTenantId`. */
function identifier(text: string): string {
  const words = text
    .replace(
      /([A-Z])([A-Z]+)(?=[A-Z][a-z]|[^A-Za-z]|$)/g,
      (_, first: string, rest: string) => first + rest.toLowerCase(),
    )
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[A-Z]/.test(joined) ? joined.charAt(0).toLowerCase() + joined.slice(1) : `value${joined}`
}

/** Words that JavaScript keeps for itself, in a module, and that look like names. */
const reserved = (
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally ' +
  'for function if implements import in instanceof interface let new null package private protected public return static super ' +
  'switch this throw true try typeof undefined var void while with yield'
).split(' ')
