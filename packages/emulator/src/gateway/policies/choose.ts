import { choose } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { runSteps } from '../pipeline.js'

/** Conditions are evaluated one after another, and none after the first that is true. */
export const runChoose = handle(choose, ({ when, otherwise }, context) => {
  const branch = when.find(({ condition }) => condition())?.policies ?? otherwise
  return branch === undefined ? undefined : runSteps(branch, context)
})
