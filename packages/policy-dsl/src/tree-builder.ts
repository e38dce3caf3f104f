import type { Problem } from '@apim-kit/core'
import { contentElements } from './content-elements.js'
import { Comment, Element, sectionNames, type Attribute, type Node } from './element.js'
import type { Position } from './expression/position.js'
import { messages } from './messages.js'

/** An element that is not closed yet. */
interface Frame {
  readonly name: string
  readonly position: Position | undefined
  readonly spaced: boolean
  /** Its content is kept as it stands; undefined until somebody asks, which for most nobody does. */
  content: boolean | undefined
  /** Where its children begin among the nodes that are not in an element yet. */
  readonly first: number
  attributes: readonly Attribute[]
  /** White space in it that is layout, unless there is markup to keep. */
  layout: Node[] | undefined
}

/** No document of people is that deep, and everything that walks a document may call itself once a level. */
const deepest = 500

/** Whoever has this many faults to mend first does not read on; and a bad text must not cost more than a good one. */
const mostProblems = 200

/** Puts elements together while a text is read, and collects what is wrong with it. */
export class TreeBuilder {
  readonly problems: Problem[] = []
  /** Reading has to end: there are too many faults, or levels. */
  stopped = false
  readonly #frames: Frame[] = []
  #top: Frame = frame('', undefined, false, false, 0)
  /*
   * Attributes and children wait in these two until their element has all of them: so its own lists are made once, of the right
   * length. The counts say how much of each list is in use.
   */
  readonly #attributes: Attribute[] = []
  #attributeCount = 0
  readonly #nodes: Node[] = []
  #nodeCount = 0

  /** The name of the innermost open element; empty where none is. */
  get name(): string {
    return this.#top.name
  }

  /** Whether everything that stands here is kept, white space included. */
  get content(): boolean {
    this.#top.content ??= contentElements.has(this.#top.name)
    return this.#top.content
  }

  get outside(): boolean {
    return this.#frames.length === 0
  }

  open(name: string, position: Position, spaced: boolean): void {
    if (this.#frames.length === deepest) this.stop(messages.tooDeep(deepest), position)
    const content = this.content || undefined
    this.#frames.push(this.#top)
    this.#top = frame(name, position, spaced, content, this.#nodeCount)
  }

  /** Takes an attribute of the element that was opened last. */
  attribute(attribute: Attribute): void {
    for (let index = 0; index < this.#attributeCount; index++) {
      if (this.#attributes[index]?.name !== attribute.name) continue
      this.problem(messages.attributeTwice(attribute.name), attribute.position)
      return
    }
    this.#attributes[this.#attributeCount++] = attribute
  }

  /** There are no more attributes. */
  attributesEnd(): void {
    if (this.#attributeCount > 0) this.#top.attributes = this.#attributes.slice(0, this.#attributeCount)
    this.#attributeCount = 0
  }

  add(node: Node): void {
    this.#nodes[this.#nodeCount++] = node
  }

  /** Adds white space that counts only beside markup. */
  addLayout(node: Node): void {
    this.#top.layout ??= []
    this.#top.layout.push(node)
    this.add(node)
  }

  close(): void {
    const { name, attributes, position, spaced, first } = this.#top
    const parent = this.#frames.pop()
    if (parent === undefined) return
    const children = first === this.#nodeCount ? none : withoutLayout(this.#childrenFrom(first), this.#top, parent)
    this.#nodeCount = first
    this.add(new Element(name, { attributes, children, position, spaced, frozen: false }))
    this.#top = parent
  }

  #childrenFrom(first: number, end = this.#nodeCount): Node[] {
    return this.#nodes.slice(first, end)
  }

  /** Closes the element of this name, and with a problem those that are open inside of it. */
  closeNamed(name: string, position: Position): void {
    if (name !== this.name && (name === '' || !this.#frames.some((each) => each.name === name))) {
      this.problem(messages.nothingToClose(name), position)
      return
    }
    while (name !== this.name) {
      this.problem(messages.closedByOther(this.name, name), position)
      this.close()
    }
    this.close()
  }

  /** Closes what is still open, and gives what stands at top level. */
  end(): (Element | Comment)[] {
    while (this.#frames.length > 0) {
      if (!this.stopped) this.problem(messages.notClosed(this.name), this.#top.position)
      this.close()
    }
    return this.#childrenFrom(0).filter((node) => node instanceof Element || node instanceof Comment)
  }

  /** @param attribute - the attribute of the open element that it is about */
  problem(message: string, position: Position | undefined, rule = 'not-well-formed', attribute?: string): void {
    if (this.stopped) return
    const path = attribute === undefined ? this.#path() : `${this.#path()}/@${attribute}`
    this.problems.push({ rule: `policy/${rule}`, severity: 'error', message, path, ...position })
    if (this.problems.length === mostProblems) this.stop(messages.tooMany(mostProblems), position)
  }

  /** Reading ends here, for a reason that is told. */
  stop(message: string, position: Position | undefined): void {
    if (this.stopped) return
    this.stopped = true
    this.problems.push({ rule: 'policy/not-well-formed', severity: 'error', message, path: this.#path(), ...position })
  }

  /** `inbound/set-header[2]`: the root is left out, and repeated elements are counted from 1. */
  #path(): string {
    const open = [...this.#frames, this.#top].slice(1)
    return open
      .slice(1)
      .map(({ name }, index) => {
        if (index === 0 && sectionNames.some((section) => section === name)) return name
        const before = this.#childrenFrom(open[index]?.first ?? 0, open[index + 1]?.first)
        return `${name}[${before.filter((node) => node instanceof Element && node.name === name).length + 1}]`
      })
      .join('/')
  }
}

const none: readonly never[] = Object.freeze([])

const frame = (
  name: string,
  position: Position | undefined,
  spaced: boolean,
  content: boolean | undefined,
  first: number,
): Frame => ({ name, position, spaced, content, first, attributes: none, layout: undefined })

/** White space around kept content stays only where there is markup to keep; deeper inside all of it stays. */
function withoutLayout(children: readonly Node[], { layout }: Frame, parent: Frame): readonly Node[] {
  if (layout === undefined || parent.content === true || children.some((node) => node instanceof Element))
    return children
  const dropped = new Set(layout)
  return children.filter((node) => !dropped.has(node))
}
