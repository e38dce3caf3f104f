import { comment } from '../build-document.js'
import { Comment, Element } from '../element.js'
import { call, type Call } from './code.js'
import { stringCode } from './literals.js'
import type { Sourced } from './value-code.js'

/** The code of a comment in the document. */
export const commentCode = ({ text }: Comment): Sourced<Comment> & { readonly code: Call } => ({
  value: comment(text),
  code: call('comment', stringCode(text)),
})

/** Whether two elements that say the same have the same comments at the same places. */
export function sameComments(one: Element, other: Element): boolean {
  return placesIn(one) === placesIn(other)
}

/** Every comment with what stands around it. */
function placesIn(element: Element): string {
  return JSON.stringify(element, (_, value: unknown) => {
    if (value instanceof Comment) return { comment: value.text }
    if (value instanceof Element) return value.children.map((child) => (isMarkup(child) ? child : 'text'))
    return value
  })
}

const isMarkup = (node: unknown): boolean => node instanceof Element || node instanceof Comment
