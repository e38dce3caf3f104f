import type { CharTest } from './char-class.js'

/** `RegexOptions`, by number. */
export const regexOptions = {
  ignoreCase: 1,
  multiline: 2,
  explicitCapture: 4,
  singleline: 16,
  ignorePatternWhitespace: 32,
  rightToLeft: 64,
  ecmaScript: 256,
} as const

/** A group that captures. Its number is known when the whole pattern has been read. */
export interface GroupDefinition {
  readonly name: string | undefined
  number: number
}

/** A piece of a pattern. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly test: CharTest; readonly literal?: string }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'alternation'; readonly options: readonly RegexNode[] }
  | {
      readonly kind: 'loop'
      readonly body: RegexNode
      readonly minimum: number
      readonly maximum: number
      readonly lazy: boolean
    }
  | {
      readonly kind: 'capture'
      readonly body: RegexNode
      readonly group: GroupDefinition | undefined
      readonly balances: string | undefined
    }
  | { readonly kind: 'atomic'; readonly body: RegexNode }
  | { readonly kind: 'look'; readonly body: RegexNode; readonly behind: boolean; readonly negative: boolean }
  | { readonly kind: 'reference'; readonly to: string; readonly ignoreCase: boolean; readonly ecmaScript: boolean }
  | {
      readonly kind: 'condition'
      readonly group: string | undefined
      readonly test: RegexNode
      readonly then: RegexNode
      readonly otherwise: RegexNode
    }
  | { readonly kind: 'anchor'; readonly at: Anchor }

export type Anchor =
  | 'start'
  | 'line-start'
  | 'end'
  | 'line-end'
  | 'before-final-newline'
  | 'word'
  | 'no-word'
  | 'last-match'

/** A pattern that has been read. */
export interface RegexProgram {
  readonly root: RegexNode
  /** Names by number; a group without a name has its number as one. Number 0 is the whole match. */
  readonly groupNames: readonly (readonly [number: number, name: string])[]
}
