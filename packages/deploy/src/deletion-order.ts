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

function mayNeed(kind: Kind, other: Kind): boolean {
  return (
    kind.parent?.kind === other.kind ||
    // Texts of any kind insert what is named by another field than its name: {{named-value}}.
    (other.referredBy !== undefined && kind.referredBy === undefined) ||
    refersTo(kind.fields).has(other.kind) ||
    // Policy documents name resources of many kinds, but never another scope's document or what stands above one.
    (holdsDocument(kind) && other.policyScope === undefined && !isAbove(other, kind) && !holdsDocumentBelow(other))
  )
}

/** A fragment's document is used by those of scopes, which therefore go first. */
function holdsDocumentBelow(kind: Kind): boolean {
  return Object.values<Kind>(kinds).some((other) => other.parent?.kind === kind.kind && holdsDocument(other))
}

function holdsDocument(kind: Kind): boolean {
  return Object.values(kind.fields).some((field) => field.type === 'document')
}

function isAbove(kind: Kind, other: Kind): boolean {
  return other.parent !== undefined && (other.parent.kind === kind.kind || isAbove(kind, other.parent))
}

function refersTo(fields: Fields): Set<string> {
  const walk = (field: Field): string[] => [
    ...(field.options.refersTo === undefined ? [] : [field.options.refersTo]),
    ...(field.item === undefined ? [] : walk(field.item)),
    ...Object.values(field.fields ?? {}).flatMap(walk),
  ]
  return new Set(Object.values(fields).flatMap(walk))
}
