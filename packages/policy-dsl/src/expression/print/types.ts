import type { NamedTypePart, TypeSyntax } from '../syntax.js'
import { printName } from './names.js'

export function printType(type: TypeSyntax): string {
  switch (type.kind) {
    case 'predefined-type':
      return type.name
    case 'named-type':
      return type.parts.map(printPart).join('.')
    case 'nullable-type':
      return `${printType(type.element)}?`
    case 'array-type':
      return printArray(type)
    case 'tuple-type':
      return `(${type.elements.map(({ type: own, name }) => printType(own) + (name ? ` ${printName(name.name)}` : '')).join(', ')})`
    case 'ref-type':
      return `ref ${printType(type.element)}`
  }
}

function printPart(part: NamedTypePart): string {
  const name = printName(part.name)
  if (part.omitted) return `${name}<${','.repeat(part.omitted - 1)}>`
  return name + printTypeArguments(part.arguments)
}

export const printTypeArguments = (types: readonly TypeSyntax[]): string =>
  types.length === 0 ? '' : `<${types.map(printType).join(', ')}>`

/** The outermost array has the first pair of brackets. */
function printArray(type: TypeSyntax & { kind: 'array-type' }): string {
  const { element, ranks } = arrayParts(type)
  return printType(element) + ranks
}

/** The element of an array of arrays, and all brackets. */
export function arrayParts(type: TypeSyntax): { readonly element: TypeSyntax; readonly ranks: string } {
  let element = type
  let ranks = ''
  while (element.kind === 'array-type') {
    ranks += `[${','.repeat(element.rank - 1)}]`
    element = element.element
  }
  return { element, ranks }
}
