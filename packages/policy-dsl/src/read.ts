import { expectText, refuseUnknown, type Problem } from '@apim-kit/core'
import { checkExpressions } from './check-expressions.js'
import { builtFrom } from './define-policy.js'
import { PolicyDocument } from './document.js'
import { refuseOtherValues } from './option-values.js'
import type { TextFormat } from './parse.js'
import { parseDocument } from './parse-document.js'
import { policyBuilders } from './policy-builders.js'
import type { Describe } from './walk.js'

/** How {@link read} is to take a text. */
export interface ReadOptions {
  /**
   * `xml` and `rawxml` read as the service reads that format. `auto` reads both, and texts that mix them: an expression is taken as
   * typed where C# says that it ends before its quote, as escaped where only that makes sense. Default: `auto`.
   */
  readonly format?: TextFormat
}

/** What was read. */
export interface ReadResult {
  /** The document, as far as it could be read; undefined where the text has no element at all. */
  readonly document?: PolicyDocument
  /** What is wrong with the text as such; `check` looks at what it says. */
  readonly problems: readonly Problem[]
  /** The format that was given, or found. */
  readonly format: 'xml' | 'rawxml'
}

/**
 * Reads a policy document or fragment. Bad text never throws: everything wrong is reported, with its line and column.
 *
 * @throws ApimKitError `invalid-input` for what is no text, and for options that do not exist
 * @example
 * const { document, problems } = read(await readFile('api.xml', 'utf8'))
 */
export function read(text: string, options: ReadOptions = {}): ReadResult {
  expectText('read', text, "read(await readFile('api.xml', 'utf8'))")
  refuseUnknown('read', options, { format: true } satisfies Record<keyof ReadOptions, true>)
  refuseOtherValues('read', options, { format: ['auto', 'xml', 'rawxml'] satisfies TextFormat[] })
  const { format = 'auto' } = options
  const parsed = parseDocument(text, format)
  const { nodes, root, problems } = parsed
  return {
    problems,
    format: parsed.format,
    ...(root === undefined ? {} : { document: new PolicyDocument(nodes, root, describePolicy, checkExpressions) }),
  }
}

/** What is known about a policy: from the builder that made it, else by its name. */
export const describePolicy: Describe = (element) => builtFrom(element) ?? builders.get(element.name)?.definition

const builders: ReadonlyMap<string, (typeof policyBuilders)[keyof typeof policyBuilders]> = new Map(
  Object.entries(policyBuilders),
)
