import type { Problem } from '@apim-kit/core'
import type { MatcherState } from 'vitest'
import { check } from './check.js'
import type { CheckOptions } from './check-structure.js'
import type { PolicyDocument } from './document.js'
import { findPolicies, type FoundPolicy } from './find-policies.js'
import type { PolicyName } from './policy-builders.js'
import type { PolicyPattern } from './policy-pattern.js'
import { read } from './read.js'
import { writeRawXml } from './write-rawxml.js'

export type { PolicyPattern } from './policy-pattern.js'

/** A document, or its text in either format. */
export type PolicySource = PolicyDocument | string

/** How {@link PolicyMatchers.toPassCheck} checks. */
export interface PassCheckOptions extends CheckOptions {
  /** The mildest problem that makes the check fail. Default: `error`. */
  readonly severity?: 'error' | 'warning'
}

/** The matchers, as `expect(document)` has them once `expect.extend(policyMatchers)` ran. */
export interface PolicyMatchers<R = unknown> {
  /**
   * Says the same to the service as another document. Layout, comments, escaping and the order of attributes and sections do not count.
   *
   * @example
   * expect(document).toEqualPolicy('<policies>…</policies>')
   */
  toEqualPolicy(expected: PolicySource): R
  /**
   * Has a policy of this name somewhere, also inside of another one, that says what the pattern says. A pattern is written as the
   * builder's input, with as much of it as matters: of children and policies inside, those that are given have to be there, in this
   * order; an empty list asks for none. A default that the document leaves out counts as given.
   *
   * @example
   * expect(document).toHavePolicy('set-header', { name: 'Authorization', value: expect.stringContaining('Bearer') as string })
   * @example
   * expect(document).toHavePolicy('choose', { when: { policies: [returnResponse({ setStatus: { code: 401 } })] } })
   */
  toHavePolicy<N extends PolicyName>(name: N, pattern?: PolicyPattern<N>): R
  /**
   * Has no fault at a place.
   *
   * @example
   * expect(document).toPassCheck({ scope: 'operation', tier: 'basicv2' })
   */
  toPassCheck(options?: PassCheckOptions): R
}

declare module 'vitest' {
  // The type parameter has to be written as vitest has it; a matcher gives back nothing that anybody reads.
  // oxlint-disable-next-line typescript/no-explicit-any
  interface Matchers<T = any> extends PolicyMatchers {}
}

interface Result {
  readonly pass: boolean
  readonly message: () => string
  readonly actual?: unknown
  readonly expected?: unknown
}

/**
 * Matchers for tests of policies.
 *
 * @example
 * import { expect } from 'vitest'
 * import { policyMatchers } from '@apim-kit/policy-dsl/vitest'
 *
 * expect.extend(policyMatchers)
 */
export const policyMatchers = {
  toEqualPolicy(this: MatcherState, received: PolicySource, expected: PolicySource): Result {
    const [actual, wanted] = [documentFrom(received, 'the received'), documentFrom(expected, 'the expected')]
    // A text may be one that the two formats read in their own ways: the document itself knows both.
    const pass = typeof expected === 'string' ? actual.equals(expected) : actual.difference(expected) === undefined
    const found = actual.difference(wanted)
    const place = found === undefined || found.path === '' ? '' : ` at ${found.path}`
    return {
      pass,
      message: () =>
        pass
          ? 'expected the documents to say different things, and they say the same'
          : `expected the documents to say the same; they differ${place}: ${found?.message ?? ''}`,
      actual: actual.toRawXml(),
      expected: wanted.toRawXml(),
    }
  },

  toHavePolicy(this: MatcherState, received: PolicySource, name: string, pattern: object = {}): Result {
    const document = documentFrom(received, 'the received')
    const { matching, named } = findPolicies(document.root, name, pattern, (one, other) => this.equals(one, other))
    const wanted = `<${name}>${Object.keys(pattern).length === 0 ? '' : ` with ${this.utils.stringify(pattern, undefined, { min: true })}`}`
    return {
      pass: matching.length > 0,
      message: () =>
        matching.length > 0
          ? `expected no ${wanted}; there is\n${listed(matching)}`
          : `expected ${wanted}; ${named.length === 0 ? `there is no <${name}>` : `there is only\n${listed(named)}`}`,
    }
  },

  toPassCheck(
    this: MatcherState,
    received: PolicySource,
    { severity = 'error', ...options }: PassCheckOptions = {},
  ): Result {
    const found = problemsOf(received, options).filter((each) => severity === 'warning' || each.severity === 'error')
    const lines = found.map(({ rule, path, line, column, message, severity: level }) => {
      const place = line === undefined ? path : `${line}:${column} ${path}`
      return `  ${place} ${level} ${rule}: ${message}`
    })
    return {
      pass: found.length === 0,
      message: () =>
        found.length === 0
          ? 'expected the check to find problems, and it finds none'
          : `expected the check to find no problems; it finds\n${lines.join('\n')}`,
    }
  },
}

function documentFrom(source: PolicySource, which: string): PolicyDocument {
  if (typeof source !== 'string') return source
  const { document, problems } = read(source)
  if (document !== undefined && problems.length === 0) return document
  throw new Error(`${which} text is no policy document: ${problems.map(({ message }) => message).join('; ')}`)
}

function problemsOf(source: PolicySource, options: CheckOptions): readonly Problem[] {
  if (typeof source !== 'string') return check(source, options)
  const { document, problems } = read(source)
  return document === undefined ? problems : [...problems, ...check(document, options)]
}

const listed = (policies: readonly FoundPolicy[]): string =>
  policies.map(({ element, path }) => `  ${path}: ${writeRawXml([element]).replace(/\n[^]*/, ' …')}`).join('\n')
