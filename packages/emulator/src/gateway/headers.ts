import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { HeaderCollection } from '../expression/index.js'
import type { HeaderField } from '../outbound.js'
import { PolicyError } from './policy-error.js'

/** What `set-header` says, alone or in another policy. */
export interface HeaderChange {
  readonly name: string
  readonly existsAction: 'override' | 'skip' | 'append' | 'delete'
  readonly value: readonly string[]
}

/**
 * Names whose change the documentation rules out: they belong to the connection, or to the body that is sent in the end. The
 * page spells three of them without their hyphens.
 */
const untouchable = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding'])

/** Applies one `set-header`. What the service leaves alone is left alone here too: it saves such documents without a word. */
export function changeHeader(headers: HeaderCollection, { name, existsAction, value }: HeaderChange): void {
  const key = name.toLowerCase()
  if (untouchable.has(key)) return
  if (existsAction === 'delete') {
    if (key !== 'server') headers.delete(name)
    return
  }
  assertValid(name, value)
  if (existsAction === 'append') headers.append(name, value)
  else if (existsAction === 'override' || !headers.has(name)) headers.set(name, value)
}

/** A name or value that HTTP cannot carry: a line break in it would make another header. */
function assertValid(name: string, values: readonly string[]): void {
  try {
    validateHeaderName(name)
    for (const value of values) validateHeaderValue(name, value)
  } catch (cause) {
    // The value may be a token: only the name is told.
    throw new PolicyError(
      `The header '${name}' cannot be sent: its name or value has characters that HTTP does not allow.`,
      {
        reason: 'ExpressionValueValidationFailure',
        cause,
      },
    )
  }
}

/** Headers whose values are sent in lines of their own (documentation of set-header); all others are joined into one. */
const separateLines = new Set([
  'user-agent',
  'www-authenticate',
  'proxy-authenticate',
  'cookie',
  'set-cookie',
  'warning',
  'date',
  'expires',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'retry-after',
])

/** The headers as they are sent. A header without values is not sent. */
export function wireFields(headers: HeaderCollection): HeaderField[] {
  const fields: HeaderField[] = []
  for (const [name, values] of headers) {
    const [first] = values
    if (first === undefined) continue
    if (values.length === 1) fields.push([name, first])
    else if (separateLines.has(name.toLowerCase())) for (const value of values) fields.push([name, value])
    else fields.push([name, values.join(', ')])
  }
  return fields
}
