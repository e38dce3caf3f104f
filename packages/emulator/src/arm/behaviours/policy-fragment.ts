import type { Behaviour } from '../behaviour.js'
import { namedByDocuments, policyBehaviour } from './policy.js'

/** A document like the others; the ones that include it have to go first. */
export const policyFragmentBehaviour: Behaviour = {
  ...policyBehaviour,
  checkDelete: (resource, { store }) => namedByDocuments(resource, store),
}
