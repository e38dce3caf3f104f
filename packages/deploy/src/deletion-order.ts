import { kinds, type Kind, type Resource } from '@apim-kit/core'
import type { Field, Fields } from '@apim-kit/core/fields'

/*
 * The service refuses to delete what something else uses, and what was observed does not say what uses what. What kinds may
 * use is said by their descriptions, though: so deletions go kind by kind, users before what they may use.
 */

/** The kinds in waves: what stands in one may use, or stands below, only what stands in later ones. */
export function deletionWaves(all: readonly Kind[] = Object.values<Kind>(kinds)): Kind[][] {
  const ranks = new Map<Kind, number>()
  const rank = (kind: Kind, chain: readonly Kind[]): number => {
    const known = ranks.get(kind)
    if (known !== undefined) return known
    // Two kinds that may use each other stand where they were met first.
    const needs = all.filter((other) => other !== kind && !chain.includes(other) && mayNeed(kind, other))
    const value = 1 + Math.max(-1, ...needs.map((other) => rank(other, [...chain, kind])))
    ranks.set(kind, value)
    return value
  }
  const waves: Kind[][] = []
  for (const kind of all) (waves[rank(kind, [])] ??= []).push(kind)
  return waves.toReversed().filter((wave) => wave.length > 0)
}

/** Whether a resource needs another of its kind, as a revision needs its API; then it goes before that one. */
export function needsAnother({ kind, resource }: { readonly kind: Kind; readonly resource: Resource }): boolean {
  return kind.needs?.test(resource.name) === true
}

/**
 * Whether a resource goes before the others of its kind: it needs another of them, or names one, as a pool of backends does.
 *
 * @param properties - as the service shows them
 */
export function goesFirst(
  of: { readonly kind: Kind; readonly resource: Resource },
  properties: Readonly<Record<string, unknown>> = {},
): boolean {
  const { fields, kind } = of.kind
  return needsAnother(of) || Object.entries(fields).some(([name, field]) => names(field, properties[name], kind))
}

/** Whether a value names a resource of a kind. */
function names(field: Field, value: unknown, kind: string): boolean {
  if (typeof value === 'string') return field.options.refersTo === kind || field.options.alsoRefersTo === kind
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some((item) => field.item !== undefined && names(field.item, item, kind))
  return Object.entries(value).some(([name, inner]) => {
    const part = field.fields?.[name] ?? field.item
    return part !== undefined && names(part, inner, kind)
  })
}

function mayNeed(kind: Kind, other: Kind): boolean {
  return (
    kind.parent?.kind === other.kind ||
    // Texts of any kind insert what is named by another field than its name: {{named-value}}.
    (other.referredBy !== undefined && kind.referredBy === undefined) ||
    refersTo(kind.fields).has(other.kind) ||
    // Policy documents name resources of many kinds, but never another scope's document or what stands above one.
    (holdsDocument(kind) && !isOfScope(other) && !isAbove(other, kind) && !holdsDocumentBelow(other))
  )
}

/** A fragment's document is used by those of scopes, which therefore go first. */
function holdsDocumentBelow(kind: Kind): boolean {
  return Object.values<Kind>(kinds).some((other) => other.parent?.kind === kind.kind && holdsDocument(other))
}

/** Whether a kind is the document of a scope or a resolver, which no other document names. */
const isOfScope = ({ policyScope }: Kind): boolean => policyScope !== undefined && policyScope !== 'fragment'

function holdsDocument(kind: Kind): boolean {
  return Object.values(kind.fields).some((field) => field.type === 'document')
}

function isAbove(kind: Kind, other: Kind): boolean {
  return other.parent !== undefined && (other.parent.kind === kind.kind || isAbove(kind, other.parent))
}

function refersTo(fields: Fields): Set<string> {
  const walk = (field: Field): string[] => [
    ...[field.options.refersTo, field.options.alsoRefersTo].filter((kind) => kind !== undefined),
    ...(field.item === undefined ? [] : walk(field.item)),
    ...Object.values(field.fields ?? {}).flatMap(walk),
  ]
  return new Set(Object.values(fields).flatMap(walk))
}
