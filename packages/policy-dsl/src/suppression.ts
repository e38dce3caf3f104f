import type { Problem } from '@apim-kit/core'
import { Comment, Element, type Node } from './element.js'
import type { Placed } from './reporter.js'
import { walk, type Describe, type Visited } from './walk.js'

/**
 * A comment that keeps problems of a rule quiet, with a reason for people:
 * `<!-- apim-kit-disable-next policy/missing-base this API inherits nothing -->` for the element after it and what stands in it,
 * `<!-- apim-kit-disable-file policy/missing-base … -->` for the whole document. Several ids are parted by commas.
 */
export interface Suppression {
  readonly comment: Placed
  /** What the comment asks for, `disable-next` or `disable-file`; another word is a slip of the pen. */
  readonly verb: string
  /** With `policy/` in front. */
  readonly rules: readonly string[]
  /** The path of the element that is covered, with all in it; undefined where nothing stands after the comment. */
  readonly path: string | undefined
}

/** All suppressions of a document, in the order of the text. */
export function suppressionsOf(nodes: readonly Node[], root: Element, describe: Describe): Suppression[] {
  if (!nodes.some(mentionsSuppression)) return []
  const found: Suppression[] = []
  const children = new Map<Visited, Visited[]>()
  const elements: Visited[] = []
  walk(root, describe, (visited) => {
    elements.push(visited)
    children.set(visited, [])
    if (visited.parent !== undefined) children.get(visited.parent)?.push(visited)
  })
  found.push(...suppressionsAmong(nodes, elements.slice(0, 1)))
  for (const visited of elements)
    found.push(...suppressionsAmong(visited.element.children, children.get(visited) ?? []))
  return found
}

const mentionsSuppression = (node: Node): boolean =>
  node instanceof Comment
    ? node.text.includes('apim-kit-')
    : node instanceof Element && node.children.some(mentionsSuppression)

function suppressionsAmong(nodes: readonly Node[], elements: readonly Visited[]): Suppression[] {
  let next = 0
  return nodes.flatMap((node) => {
    if (node instanceof Element) next++
    return node instanceof Comment ? suppression(node, elements[next]) : []
  })
}

function suppression(comment: Comment, next: Visited | undefined): Suppression[] {
  const [, verb, ids = ''] = /^\s*apim-kit-(\S+)(?:\s+(\S+))?/.exec(comment.text) ?? []
  if (verb === undefined) return []
  const rules = ids
    .split(',')
    .map((id) => id.replace(/:$/, ''))
    .filter((id) => id !== '')
    .map((id) => (id.startsWith('policy/') ? id : `policy/${id}`))
  return [{ comment, verb, rules, path: verb === 'disable-file' ? '' : next?.path }]
}

export const suppressionVerbs: readonly string[] = ['disable-next', 'disable-file']

/** The problems that no comment of the document keeps quiet. */
export function unsuppressed(problems: readonly Problem[], suppressions: readonly Suppression[]): Problem[] {
  const quiet = new Places()
  for (const { verb, rules, path } of suppressions)
    if (path !== undefined && suppressionVerbs.includes(verb)) for (const rule of rules) quiet.add(rule, path)
  return problems.filter(({ rule, path }) => !pathAndAbove(path).some((place) => quiet.has(rule, place)))
}

/** Tells whether there are problems of a rule at an element or in it: of many comments each asks for its own. */
export function problemPlaces(problems: readonly Problem[]): { has(rule: string, path: string): boolean } {
  const places = new Places()
  for (const { rule, path } of problems) for (const place of pathAndAbove(path)) places.add(rule, place)
  return places
}

/** Paths by rule. */
class Places {
  readonly #paths = new Map<string, Set<string>>()

  add(rule: string, path: string): void {
    const paths = this.#paths.get(rule)
    if (paths === undefined) this.#paths.set(rule, new Set([path]))
    else paths.add(path)
  }

  has(rule: string, path: string): boolean {
    return this.#paths.get(rule)?.has(path) === true
  }
}

/** `inbound/choose[1]` is `inbound/choose[1]`, `inbound` and the document itself. */
function pathAndAbove(path: string): string[] {
  const paths = [path]
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) paths.push(path.slice(0, end))
  if (path !== '') paths.push('')
  return paths
}
