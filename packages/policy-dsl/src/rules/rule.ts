import type { Reference, Severity } from '@apim-kit/core'
import type { CheckOptions, DocumentForm } from '../check-structure.js'
import type { FoundExpression } from '../check-expressions.js'
import type { Element } from '../element.js'
import type { Placed, Subject } from '../reporter.js'
import type { Visited } from '../walk.js'

/** What people read about a rule: its page, SARIF's table of rules and the checker's messages know it by the same id. */
export interface RuleDescription {
  /** `policy/` and a name; stable, since comments in documents name it. */
  readonly id: `policy/${string}`
  /** `either` where it depends on what was met: an error breaks a save or a call. */
  readonly severity: Severity | 'either'
  /** One line. */
  readonly title: string
  /** What goes wrong, in a few sentences. */
  readonly why: string
  /** A document with the problem and no other; without a root it stands in `inbound`, after `<base />`. */
  readonly bad: string
  /** How the text goes on at the first place in `bad` where the problem is told. */
  readonly at: string
  /** The same without it. */
  readonly good: string
  /** Where the rule comes from. */
  readonly source: string
  /** What has to be told of the place of the document; without it the rule says nothing. */
  readonly asks?: CheckOptions
  /** Why no comment keeps it quiet. Default: one does. */
  readonly loud?: string
  /** `unread`: only a document that was put together, and not read, has the problem; `problems` of the document tells it, not `check`. */
  readonly met?: 'unread'
}

/** A rule that looks at a whole document. */
export interface DocumentRule extends RuleDescription {
  find(document: CheckedDocument): Iterable<Finding>
}

/** One place where a document breaks a rule. */
export interface Finding {
  readonly subject: Subject
  /** The node whose place is told. Default: the element of the subject. */
  readonly at?: Placed | undefined
  readonly message: string
  /** Needed where the rule's own is `either`. */
  readonly severity?: Severity
}

/** A document as rules see it: looked through once, for all of them. */
export interface CheckedDocument {
  readonly root: Element
  readonly form: DocumentForm | undefined
  readonly options: CheckOptions
  /** Every element, parents first, in the order of the text. */
  readonly elements: readonly Visited[]
  readonly expressions: readonly FoundExpression[]
  /** What it names. */
  readonly references: () => readonly Reference[]
  /** As it is sent to the service. */
  readonly toRawXml: () => string
}
