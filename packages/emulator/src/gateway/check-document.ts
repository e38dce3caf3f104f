import type { PolicyPlace, Problem } from '@apim-kit/core'
import { check, read } from '@apim-kit/policy-dsl'
import type { PolicyDocument } from '../emulator-context.js'
import { compileTree, fragmentProblems } from './compile-document.js'
import type { DocumentSources } from './compile-scope.js'

/**
 * The faults that break the save of a document. First what the language says of it; a document that is right by that is then
 * compiled, which shows what only the gateway knows: named values, expressions that do not compile, what it cannot run.
 */
export function checkDocument(
  { text, format }: PolicyDocument,
  place: PolicyPlace,
  sources: DocumentSources,
): readonly Problem[] {
  const { document, problems } = read(text, { format })
  const faults =
    document === undefined ? problems : [...problems, ...check(document, { ...place, suppressions: 'ignore' })]
  if (document === undefined || faults.some(({ severity }) => severity === 'error')) return faults
  if (document.root.name === 'fragment') return [...faults, ...fragmentProblems(document, sources)]
  return [...faults, ...compileTree(document, place.scope ?? 'global', sources).problems]
}
