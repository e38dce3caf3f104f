import { attributeOf, Element, Literal } from '@apim-kit/policy-dsl'

// Why elements are refused when they are saved: forms of a policy that the emulator does not run, each told by name.

/** `set-body` with a Liquid template. */
export function refuseLiquid(element: Element): string | undefined {
  const template = attributeOf(element, 'template')
  if (template === undefined || (template instanceof Literal && template.text.trim() === 'none')) return undefined
  return 'Liquid templates are not there yet; write the body as an expression'
}

/** A policy that holds such a `set-body`. */
export function refuseLiquidIn(element: Element): string | undefined {
  for (const child of element.children) {
    const why = child instanceof Element && child.name === 'set-body' ? refuseLiquid(child) : undefined
    if (why !== undefined) return why
  }
  return undefined
}

/** A cache beside the built-in one. */
export function refuseExternalCache(element: Element): string | undefined {
  const type = attributeOf(element, 'caching-type')
  return type instanceof Literal && type.text.trim() === 'external'
    ? 'there is no external cache; write internal or prefer-external'
    : undefined
}

/** Attributes whose meaning nobody has documented. */
export function refuseAttributes(element: Element, names: readonly string[]): string | undefined {
  const found = names.find((name) => attributeOf(element, name) !== undefined)
  return found === undefined ? undefined : `the attribute ${found} is not there yet; leave it out`
}

/** Child elements that the language knows by name only. */
export function refuseChildren(element: Element, names: readonly string[]): string | undefined {
  const found = element.children.find((child) => child instanceof Element && names.includes(child.name))
  return found instanceof Element ? `its <${found.name}> is not there yet; leave it out` : undefined
}
