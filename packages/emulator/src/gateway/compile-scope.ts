import type { Problem } from '@apim-kit/core'
import type { Scope, Section } from '@apim-kit/policy-dsl'
import type { PolicyDocument } from '../emulator-context.js'

/** What documents are put together from beside their own text. */
export interface DocumentSources {
  /** The text of a named value; undefined when there is none. */
  readonly namedValue: (displayName: string) => string | undefined
  /** The document of a fragment; undefined when there is none. */
  readonly fragment: (fragmentId: string) => PolicyDocument | undefined
}

/** Where policies stand, and where what is found wrong with them goes. */
export interface CompileScope {
  readonly section: Section
  readonly scope: Scope
  /** The fragment that they come from. */
  readonly fragment?: string
  readonly sources: DocumentSources
  readonly problems: Problem[]
}
