/** Something of a document that no builder makes; the policy around it becomes a `rawPolicy`, with this as its comment. */
export class Inexpressible extends Error {
  override readonly name = 'Inexpressible'
}

/** Why something is not written with builders, for the comment in the module. */
export const reasons = {
  unknownPolicy: (name: string) => `<${name}> is no policy that a builder makes.`,
  unknownAttribute: (attribute: string, element: string) =>
    `<${element}> is not known to have the attribute ${attribute}.`,
  unknownChild: (child: string, element: string) => `<${element}> is not known to hold <${child}>.`,
  text: (element: string) => `<${element}> is not known to hold text.`,
  section: (name: string, section: string, allowed: readonly string[]) =>
    `${name} is not known to stand in ${section}${allowed.length === 0 ? '' : `, only in ${allowed.join(', ')}`}.`,
  markup: (name: string) => `Markup stands in <${name}>, where the builder takes text.`,
  refused: (problems: readonly string[]) => problems.join('\n'),
  comment: (element: string) => `A comment stands in ${element} where no builder has a place for it.`,
  order: (element: string) => `The elements in <${element}> stand in another order than the builder writes them.`,
  other: (path: string, message: string) =>
    `The builder would write it differently${path === '' ? '' : ` at ${path}`}: ${message}.`,
  document: (what: string) => `${what}, which policies(…) and fragment(…) do not make.`,
}
