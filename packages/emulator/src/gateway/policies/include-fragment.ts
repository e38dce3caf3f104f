import type { Behaviour } from '../behaviour.js'

/** The compiler puts the fragment's policies in its place, so that nothing is left to prepare; see `includeFragment`. */
export const runIncludeFragment: Behaviour = {
  prepare: () => {
    throw new Error('include-fragment is compiled with its fragment')
  },
  refuse: () => undefined,
}
