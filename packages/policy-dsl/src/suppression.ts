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

/** Whether a suppression keeps this problem quiet. */
export function suppresses({ verb, rules, path }: Suppression, problem: Problem): boolean {
  if (path === undefined || !suppressionVerbs.includes(verb) || !rules.includes(problem.rule)) return false
  return path === '' || problem.path === path || problem.path.startsWith(`${path}/`)
}

export const suppressionVerbs: readonly string[] = ['disable-next', 'disable-file']

/** The problems that no comment of the document keeps quiet. */
export function unsuppressed(problems: readonly Problem[], suppressions: readonly Suppression[]): Problem[] {
  return problems.filter((problem) => !suppressions.some((each) => suppresses(each, problem)))
}
