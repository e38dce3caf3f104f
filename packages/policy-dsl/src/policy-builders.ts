import type { AnyPolicyBuilder } from './define-policy.js'
import * as builders from './policies/index.js'

type Builders = typeof builders

// By the types of the list, not by an object of all: its declaration would repeat every description, and everybody's compiler read it.
type PolicyBuilders = { readonly [B in keyof Builders as Builders[B]['definition']['name']]: Builders[B] }

/** Every described policy, by the name of its element. */
export const policyBuilders: PolicyBuilders = byName(Object.values(builders))

function byName(list: readonly Partial<AnyPolicyBuilder>[]): PolicyBuilders {
  // As CommonJS the list has an entry more, `default`, which is the list again.
  const named = list.flatMap((builder) =>
    builder.definition === undefined ? [] : [[builder.definition.name, builder]],
  )
  return Object.fromEntries(named) as PolicyBuilders
}

/** The element names of the described policies. */
export type PolicyName = keyof PolicyBuilders
