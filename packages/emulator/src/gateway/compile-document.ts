import type { Problem } from '@apim-kit/core'
import {
  read,
  sectionNames,
  Element,
  type PolicyDocument as DocumentTree,
  type Scope,
  type Section,
} from '@apim-kit/policy-dsl'
import type { PolicyDocument } from '../emulator-context.js'
import { compilePolicies } from './compile-policies.js'
import type { DocumentSources } from './compile-scope.js'
import { PolicyError } from './policy-error.js'
import type { Step, Steps } from './step.js'

/** A section of one document: its policies, cut at `base`, which stands for the same section of the next broader scope. */
export type CompiledSection = readonly (Steps | 'base')[]

/** A saved document, ready to be composed with those of other scopes. */
export interface CompiledDocument {
  readonly scope: Scope
  /** A section that the document lacks is undefined. */
  readonly sections: Readonly<Partial<Record<Section, CompiledSection>>>
  readonly problems: readonly Problem[]
}

/**
 * Compiles a document. Never throws: what is wrong is in `problems`, and fails by name when it is run all the same.
 *
 * @param sources the named values and fragments that it may name
 */
export function compileDocument(
  { text, format }: PolicyDocument,
  scope: Scope,
  sources: DocumentSources,
): CompiledDocument {
  const { document, problems } = read(text, { format })
  const faults = problems.filter(({ severity }) => severity === 'error')
  if (document === undefined || faults.length > 0) return { scope, sections: unreadable(faults, scope), problems }
  return compileTree(document, scope, sources)
}

/** The same for a document that was read without errors. */
export function compileTree(document: DocumentTree, scope: Scope, sources: DocumentSources): CompiledDocument {
  const problems: Problem[] = []
  const sections: Partial<Record<Section, CompiledSection>> = {}
  for (const section of sectionNames) {
    const element = document.section(section)
    if (element === undefined) continue
    const policies = element.children.filter((child) => child instanceof Element)
    sections[section] = cutAtBase(policies, (each) => compilePolicies(each, '', { section, scope, sources, problems }))
  }
  return { scope, sections, problems }
}

/**
 * What is wrong with the policies of a fragment wherever it is included. They are compiled for inbound; which sections they may
 * stand in is looked at where they are.
 */
export function fragmentProblems(document: DocumentTree, sources: DocumentSources): readonly Problem[] {
  const problems: Problem[] = []
  const policies = document.root.children.filter((child) => child instanceof Element)
  compilePolicies(policies, '', { section: 'inbound', scope: 'global', sources, problems })
  return problems.map((problem) => ({ ...problem, path: problem.path.replace(/^inbound\//, '') }))
}

/** Compiles the policies beside `base` together, so that their paths count all siblings, and puts the marks back. */
function cutAtBase(elements: readonly Element[], compile: (policies: readonly Element[]) => Steps): CompiledSection {
  const policies = elements.filter(({ name }) => name !== 'base')
  const steps = compile(policies)
  const parts: (Step[] | 'base')[] = [[]]
  let next = 0
  for (const { name } of elements) {
    const last = parts.at(-1)
    const step = name === 'base' ? undefined : steps[next++]
    if (step === undefined) parts.push('base')
    else if (last === undefined || last === 'base') parts.push([step])
    else last.push(step)
  }
  return parts
}

/** A text that does not read cannot be saved; one that got here in another way fails every request. */
function unreadable(faults: readonly Problem[], scope: Scope): CompiledDocument['sections'] {
  const step: Step = {
    place: { section: 'inbound', scope, path: '', policy: 'policies', policyId: null },
    readsBodies: false,
    run: () => {
      throw new PolicyError(`The policy document cannot be read: ${faults[0]?.message ?? 'it is empty'}.`)
    },
  }
  return { inbound: [[step]] }
}
