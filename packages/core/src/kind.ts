import type { Fields } from './fields.js'
import type { Problem } from './problems.js'

/** How the SDK's client serves a kind: the operation group and its method names. `@apim-kit/deploy` proves them against the SDK's types. */
export interface SdkBinding {
  readonly group: string
  readonly list: string
  readonly put: string
  readonly delete: string
  /** Only for kinds whose list leaves something out that a GET tells. */
  readonly get?: string
  /** With `get`: the names of the resources that lists leave out. Default: every resource is read by itself. */
  readonly getOnly?: RegExp
  /** The service tells the secrets of one of them to whoever may ask: an action, which answers with the fields. */
  readonly reveal?: string
  /** Gives the address where a person signs in. */
  readonly loginLink?: { readonly group: string; readonly post: string }
  /** The revisions of one of them, which lists leave out; the first came with it. */
  readonly revisions?: { readonly group: string; readonly list: string; readonly first: RegExp }
  /** What its deletion says beside the address: that revisions go along. */
  readonly deleteOptions?: Readonly<Record<string, boolean>>
}

/** The properties of a resource, in the form of the wire. */
export type Properties = Readonly<Record<string, unknown>>

/** What no two resources of a kind below one parent may have in common. */
export interface UniqueRule {
  /** In words, for messages: `path and version`. */
  readonly words: string
  /** The field that messages point to. */
  readonly field: string
  /** What is compared; undefined for a resource that may have it in common with others. */
  readonly of: (properties: Properties, name: string) => string | undefined
  /** Nothing asks for the name: one that has all the same serves as well, whatever it is called. */
  readonly nameless?: true
}

/** How the resources of a kind say whether they give out tokens. */
export interface TokenState {
  /** The field that says it, and the word that means that they do. */
  readonly status: string
  readonly connected: string
  /** The field that says why they do not. */
  readonly error: string
  /** Where that field has that value, a person has to sign in. */
  readonly signIn: { readonly field: string; readonly value: string }
}

/** How the service answers for a kind, where kinds differ. Observed, see the notes on credential manager's wire shapes. */
export interface Protocol {
  /** Answers carry an ETag, and `If-Match` is checked. */
  readonly entityTag: boolean
  /** PUT may be a long-running operation. */
  readonly longRunning: boolean
  /** Status of a PUT that creates: the specification says 201, credential manager was seen to answer 200. */
  readonly created: 200 | 201
}

/** The rule for a resource's own name in its address. */
export interface NameRule {
  readonly pattern: RegExp
  readonly min: number
  readonly max: number
  /** The one name there is, for kinds with a single resource per parent: `policy`. */
  readonly fixed?: string
  /** The rule in words, for messages. */
  readonly words: string
}

/** Where the policy document of a kind stands: at a scope, or as a document of another form. */
export type PolicyScope = 'global' | 'product' | 'api' | 'operation' | 'fragment' | 'resolver'

/** What a kind's author writes: everything that is known of one kind of ARM resource, once. */
export interface KindDescription<
  N extends string,
  F extends Fields,
  P extends Kind | undefined,
  S extends SdkBinding = SdkBinding,
> {
  readonly kind: N
  /** What people call it, in lower case: `credential provider`. */
  readonly title: string
  /** The kind below which it stands; undefined for the service itself. */
  readonly parent: P
  /** Its collection in an ARM address: `authorizationProviders`. */
  readonly segment: string
  readonly name: NameRule
  /** The fields of `properties` on the wire. */
  readonly fields: F
  readonly sdk: S
  readonly protocol: Protocol
  /** Others name it by this field instead of its name: named values. */
  readonly referredBy?: string & keyof F
  /** The place of the policy document that this kind holds. */
  readonly policyScope?: PolicyScope
  /**
   * It ties a resource of that kind to its parent and has that resource's name. Its PUT has no body, its DELETE no `If-Match`,
   * its list shows the resources that it ties.
   */
  readonly links?: string
  /** Names of this form need another resource of the kind, whose name is the pattern's first group: a revision its API. */
  readonly needs?: RegExp
  /** Names that every service has without anybody creating them. */
  readonly builtIn?: readonly string[]
  /** How many of them the service allows below one parent. Default: no limit is known. */
  readonly maxPerParent?: number
  /** What the service allows only one of them below a parent to have, beside the name. */
  readonly unique?: readonly UniqueRule[]
  /** What the service refuses though every field fits by itself. Paths are those of `properties`. */
  readonly check?: (properties: Properties) => Problem[]
  /** They give out tokens, and say whether they do. */
  readonly tokens?: TokenState
  /** The service makes some by itself below a new parent; they go with it, whoever else wrote there. */
  readonly madeByService?: true
  /** The service makes some of the document that their parent imports; then they go with it. */
  readonly madeByImport?: true
  /** The `type` of an answer ends with this; the service writes a slash behind one type. */
  readonly typeSuffix?: string
}

/** A kind of resource: its description and what follows from it. The type keeps the SDK's names, so that they can be proved. */
export interface Kind<N extends string = string, F extends Fields = Fields, S extends SdkBinding = SdkBinding> {
  readonly kind: N
  readonly title: string
  readonly parent: Kind | undefined
  readonly segment: string
  readonly name: NameRule
  readonly fields: F
  readonly sdk: S
  readonly protocol: Protocol
  readonly referredBy: string | undefined
  readonly policyScope: PolicyScope | undefined
  readonly links: string | undefined
  readonly needs: RegExp | undefined
  readonly builtIn: readonly string[]
  readonly maxPerParent: number | undefined
  readonly unique: readonly UniqueRule[]
  readonly check: (properties: Properties) => Problem[]
  readonly tokens: TokenState | undefined
  readonly madeByService: true | undefined
  readonly madeByImport: true | undefined
  /** ARM's resource type, as answers give it. */
  readonly armType: string
}

/** Makes a kind of its description. */
export function defineKind<
  const N extends string,
  const F extends Fields,
  P extends Kind | undefined,
  const S extends SdkBinding,
>(description: KindDescription<N, F, P, S>): Kind<N, F, S> {
  const base = description.parent?.armType.replace(/\/$/, '')
  return {
    ...description,
    referredBy: description.referredBy,
    policyScope: description.policyScope,
    links: description.links,
    needs: description.needs,
    builtIn: description.builtIn ?? [],
    maxPerParent: description.maxPerParent,
    unique: description.unique ?? [],
    check: description.check ?? (() => []),
    tokens: description.tokens,
    madeByService: description.madeByService,
    madeByImport: description.madeByImport,
    armType:
      base === undefined
        ? 'Microsoft.ApiManagement/service'
        : `${base}/${description.segment}${description.typeSuffix ?? ''}`,
  }
}

/** The rule that most identifiers of the service follow. */
export const identifier: NameRule = {
  pattern: /^[^*#&+:<>?/\\%]+$/,
  min: 1,
  max: 256,
  words: '1 to 256 characters, none of * # & + : < > ? / \\ %',
}

/** The rule of kinds with one resource per parent, always called `policy`. */
export const policyName: NameRule = { pattern: /^policy$/, min: 6, max: 6, fixed: 'policy', words: 'always "policy"' }
