import type { PolicyContent, Problem, Reference } from '@apim-kit/core'
import { checkStructure, type CheckOptions } from './check-structure.js'
import { difference, type Difference } from './compare.js'
import { childElements, type Comment, type Element, type Section } from './element.js'
import { expectDocument } from './expected-document.js'
import { freezeNodes } from './freeze.js'
import { loadXmlBuilder } from './load-xmlbuilder.js'
import { parseDocument } from './parse-document.js'
import { referencesIn } from './references.js'
import { suppressionsOf, unsuppressed } from './suppression.js'
import type { Describe } from './walk.js'
import { writeRawXml } from './write-rawxml.js'
import { writeXml } from './write-xml.js'

/** Finds what is wrong with the expressions of a document. */
export type ExpressionChecker = (root: Element, describe: Describe) => readonly Problem[]

/**
 * A policy document or a fragment: a frozen tree of elements, in the order of the text, comments included. `policies(…)` and
 * `fragment(…)` build one, `read(…)` reads one; everything else is a function of it.
 */
export class PolicyDocument implements PolicyContent {
  /** Everything at top level: the root, and comments before and after it. */
  declare readonly nodes: readonly (Element | Comment)[]
  readonly #root: Element
  readonly #nodes: readonly (Element | Comment)[]
  readonly #describe: Describe
  readonly #checkExpressions: ExpressionChecker

  /** @param checkExpressions - for a document that was read. One that was built has had its expressions checked: nothing. */
  constructor(
    nodes: readonly (Element | Comment)[],
    root: Element,
    describe: Describe,
    checkExpressions: ExpressionChecker = () => [],
  ) {
    this.#nodes = nodes
    this.#root = root
    this.#describe = describe
    this.#checkExpressions = checkExpressions
    // A property of its own, so that whoever compares documents in a test compares what they hold.
    Object.defineProperty(this, 'nodes', PolicyDocument.#handedOut)
    Object.freeze(this)
  }

  /** `nodes` is frozen when it is asked for: a text that is only compared or written anew needs none of it. */
  static readonly #handedOut = {
    enumerable: true,
    get(this: PolicyDocument): readonly (Element | Comment)[] {
      return freezeNodes(this.#nodes)
    },
  } satisfies PropertyDescriptor

  /** `policies`, or `fragment`. */
  get root(): Element {
    freezeNodes(this.#nodes)
    return this.#root
  }

  /** The element of a section; undefined where the document has none. */
  section(name: Section): Element | undefined {
    return this.root.name === 'policies' ? childElements(this.root).find((element) => element.name === name) : undefined
  }

  /**
   * The document as well-formed XML, format `xml`. The first call loads xmlbuilder2 from node_modules; a bundled program calls
   * `toXml(document)` of `@apim-kit/policy-dsl/xml` instead.
   *
   * @throws ApimKitError `invalid-policy` where a name that was read is no name in XML; `not-supported` where xmlbuilder2 is not found
   */
  toXml(): string {
    return writeXml(this.#nodes, loadXmlBuilder())
  }

  /** The document as a person would write it, format `rawxml`. */
  toRawXml(): string {
    return writeRawXml(this.#nodes)
  }

  toString(): string {
    return this.toRawXml()
  }

  /** What the document names: named values anywhere, providers, connections, backends. */
  get references(): readonly Reference[] {
    return referencesIn(this.#root, this.#describe)
  }

  /**
   * Whether another document, or a text in either format, is this document. Layout, comments and escaping do not count.
   *
   * @throws ApimKitError `invalid-input` for what is neither
   */
  equals(other: PolicyDocument | string): boolean {
    if (typeof other !== 'string') return this.difference(other) === undefined
    // A text in which the two formats mean different things is this document if either of them is.
    return (
      this.difference(other) === undefined ||
      (['xml', 'rawxml'] as const).some((format) => this.#read(other, format) === undefined)
    )
  }

  /**
   * The first difference to another document, or to a text in either format; undefined where there is none.
   *
   * @throws ApimKitError `invalid-input` for what is neither
   */
  difference(other: PolicyDocument | string): Difference | undefined {
    if (typeof other === 'string') return this.#read(other, 'auto')
    expectDocument('difference', other)
    return difference(this.#root, other.root)
  }

  #read(text: string, format: 'xml' | 'rawxml' | 'auto'): Difference | undefined {
    const { root, problems } = parseDocument(text, format)
    if (root === undefined || problems.length > 0) return { path: '', message: problems[0]?.message ?? '' }
    return difference(this.#root, root)
  }

  /** The faults of the document at a place: of its structure, by what is known about its policies, and of its expressions. */
  problems(place?: CheckOptions): readonly Problem[] {
    const describe = this.#describe
    return unsuppressed(
      [...checkStructure(this.root, describe, place ?? {}), ...this.#checkExpressions(this.root, describe)],
      suppressionsOf(this.nodes, this.root, describe),
    )
  }
}
