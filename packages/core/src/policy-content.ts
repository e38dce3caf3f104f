import * as z from 'zod/mini'
import type { Field, FieldOptions } from './fields.js'
import type { Problem } from './problems.js'
import type { Reference } from './references.js'

/**
 * What core has to know of a policy document. `@apim-kit/policy-dsl` makes them; a deployer gets from here the text to send,
 * what has to be there first, and whether the service already has it, and needs to know no policy.
 */
export interface PolicyContent {
  /** The document as well-formed XML, format `xml` of the service. */
  toXml(): string
  /** The document as a person writes it, format `rawxml` of the service. */
  toRawXml(): string
  /** What the document names: named values, providers, connections, backends, fragments. */
  readonly references: readonly Reference[]
  /** Whether a text that the service gave back, in either format, is this document, whatever its layout. */
  equals(text: string): boolean
  /** The faults that break a save of the document at this place; none of them is looked at again later. */
  problems(place: PolicyPlace): readonly Problem[]
}

/** Where a document stands: policies may be refused at a scope, and every place has documents of one form. */
export interface PolicyPlace {
  /** Left out for a fragment and for a resolver's document, which stand at no scope. */
  readonly scope?: 'global' | 'workspace' | 'product' | 'api' | 'operation'
  /** The form of the document. Default: `policies`, the one with four sections. */
  readonly form?: 'policies' | 'fragment' | 'resolver'
}

/** Whether a value can give what a {@link PolicyContent} gives. */
export function isPolicyContent(value: unknown): value is PolicyContent {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['toXml', 'toRawXml', 'equals', 'problems'].every((verb) => typeof Reflect.get(value, verb) === 'function') &&
    Array.isArray(Reflect.get(value, 'references'))
  )
}

/** A field that holds a policy document: sent as `rawxml`, compared as a document. */
export function document<const O extends FieldOptions>(options?: O): Field<string, O> & { readonly type: 'document' } {
  return { type: 'document', options: options ?? ({} as O), schema: z.string() }
}
