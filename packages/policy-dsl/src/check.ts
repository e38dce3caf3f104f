import type { Problem } from '@apim-kit/core'
import { checkExpressions } from './check-expressions.js'
import { checkStructure, type CheckOptions } from './check-structure.js'
import type { PolicyDocument } from './document.js'
import { describePolicy } from './read.js'

/**
 * Checks a document: structure by what is known about its policies, syntax of its expressions. Errors break a save or a call.
 *
 * @param options - where the document is meant to stand; what is left out is not checked
 * @example
 * const faults = check(document, { scope: 'operation', tier: 'basicv2' }).filter(({ severity }) => severity === 'error')
 */
export function check(document: PolicyDocument, options: CheckOptions = {}): readonly Problem[] {
  return [...checkStructure(document.root, describePolicy, options), ...checkExpressions(document.root, describePolicy)]
}
