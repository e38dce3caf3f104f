import { ApimKitError, type PolicyPlace } from '@apim-kit/core'
import { buildElement } from './build.js'
import type { Element, Policy, Section } from './element.js'
import { text, type Field, type Fields, type Source } from './fields.js'
import type { HoldsPolicies, InputArguments, ItemInput } from './input.js'
import type { Shape } from './shape.js'

/** A scope of the service at which a policy document may stand. */
export type Scope = NonNullable<PolicyPlace['scope']>

/** The kinds of gateway that run policies. */
export type Gateway = 'classic' | 'v2' | 'consumption' | 'self-hosted' | 'workspace'

/** All that is known about a policy. Types, builder, writer, reader, checker and the emulator's parameters follow from it. */
export interface PolicyDescription extends Shape {
  /** Where it may stand. */
  readonly sections: readonly Section[]
  readonly scopes: readonly Scope[]
  readonly gateways: readonly Gateway[]
  /** Of these sections, the ones that only one source knows; a warning says so. */
  readonly sectionsOnlyIn?: Readonly<Partial<Record<Section, Source>>>
  /** Only one source knows the policy at all; a warning says so. */
  readonly onlyIn?: Source
  /** The documentation has it once in a section, or once in a document; a second one is a warning. */
  readonly once?: 'section' | 'document'
  /** `false` where it may stand in no fragment, however deep; a text where one source says so, with the reason: a warning. */
  readonly fragments?: false | { readonly because: string }
  /** It belongs to a GraphQL resolver: `root` is the whole of the resolver's document, `part` stands inside of one. No section has it. */
  readonly resolver?: 'root' | 'part'
  /**
   * `true`: it answers the caller, and nothing runs after it. A property: its children are alternatives, of which that one runs
   * where no other does; nothing runs after it where all of them end so.
   */
  readonly ends?: true | { readonly lastBranch: string }
  /** The policy without which it does nothing, and the section of that one. */
  readonly pairedWith?: { readonly policy: string; readonly section: Section }
  /** It gets tokens, and these gateways keep them from call to call. Default: it gets none that one could keep. */
  readonly keepsTokens?: readonly Gateway[]
  /** What it runs stands in another document, and cannot be known from this one. */
  readonly opaque?: true
  /** `false` where the element takes no `id`. Every other policy does; `context.LastError.PolicyId` gives it back. */
  readonly id?: false
  /** Inputs of the builder, each with the element that it makes, as the policy's documentation shows it. */
  readonly examples: readonly { readonly input?: unknown; readonly xml: string }[]
}

/** A described policy. */
export interface PolicyDefinition<N extends string = string, S extends Shape = Shape> {
  /** The name of its element. */
  readonly name: N
  readonly shape: S
  readonly description: PolicyDescription
}

/** The attribute of every policy. */
export type IdAttribute = {
  /** A name for the policy in its document; `context.LastError.PolicyId` gives it back when the policy fails. */
  readonly id: Field<string, { readonly expressions: false; readonly expressionIsText: true }>
}

/** The shape of a description, with the attribute that every policy may have. */
export type PolicyShape<D extends PolicyDescription> = D extends { readonly id: false }
  ? D & Pick<Shape, 'rules'>
  : Omit<D, 'attributes'> & { readonly attributes: AttributesOf<D> & IdAttribute }

type AttributesOf<D> = D extends { readonly attributes: infer A extends Fields } ? A : object

/** The sections of a description, as a union. */
export type SectionsOf<D extends PolicyDescription> = D['sections'][number]

/** Makes one policy; carries what is known about it. */
export type PolicyBuilder<N extends string, D extends PolicyDescription, V = unknown> = {
  readonly definition: PolicyDefinition<N, PolicyShape<D>>
} & (HoldsPolicies<D> extends true
  ? <S extends SectionsOf<D> = SectionsOf<D>>(input: ItemInput<PolicyShape<D>, S>) => Policy<S> & V
  : (...input: InputArguments<ItemInput<PolicyShape<D>, never>>) => Policy<SectionsOf<D>> & V)

/** Any builder, for code that walks them. */
export interface AnyPolicyBuilder {
  (...input: never): Element
  readonly definition: PolicyDefinition
}

const definitions = new WeakMap<Element, PolicyDefinition>()

/** The definition of the policy that a builder made; undefined for an element that was read. */
export const builtFrom = (element: Element): PolicyDefinition | undefined => definitions.get(element)

/** Notes what is known about an element that was not made from a description. */
export function describeAs(element: Element, definition: PolicyDefinition): void {
  definitions.set(element, definition)
}

/**
 * Describes a policy and makes its builder.
 *
 * @param name - the name of the element
 * @param description - what is known about it; a literal, since the builder's types follow from it
 * @param verbs - methods that its policies have, `getAuthorizationContext(…).setBearerHeader()`
 * @returns a function that makes the policy; it throws ApimKitError `invalid-input` with a problem for everything that does not fit
 */
export function definePolicy<const N extends string, const D extends PolicyDescription, V = unknown>(
  name: N,
  description: D,
  verbs?: V & ThisType<Policy & V>,
): PolicyBuilder<N, D, V> {
  const definition: PolicyDefinition = { name, shape: shapeOf(description), description }
  const build = (input?: unknown): Element => {
    const { element, problems } = buildElement(name, definition.shape, input)
    if (problems.length > 0) throw ApimKitError.of('invalid-input', `${name} is not valid:`, problems)
    definitions.set(element, definition)
    return Object.freeze(
      verbs === undefined ? element : Object.defineProperties(element, Object.getOwnPropertyDescriptors(verbs)),
    )
  }
  // The run-time function takes anything and checks it; the type says what a caller may write.
  return Object.assign(build, { definition }) as unknown as PolicyBuilder<N, D, V>
}

const idAttribute: IdAttribute = { id: text({ expressions: false, expressionIsText: true }) }

function shapeOf(description: PolicyDescription): Shape {
  return description.id === false
    ? description
    : { ...description, attributes: { ...description.attributes, ...idAttribute } }
}
