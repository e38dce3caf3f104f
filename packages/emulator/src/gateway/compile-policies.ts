import { attributeOf, Literal, type Element, type ParameterCompiler, type PolicyName } from '@apim-kit/policy-dsl'
import type { Behaviour } from './behaviour.js'
import type { CompileScope } from './compile-scope.js'
import { compileValue } from './compile-value.js'
import { includeFragment, misplaced } from './include-fragment.js'
import { notSupported } from './not-supported.js'
import { runSteps } from './pipeline.js'
import { behaviours } from './policies/index.js'
import type { RequestContext } from './request-context.js'
import type { Step, StepPlace, Steps } from './step.js'

/**
 * Compiles policies that stand side by side. What cannot run becomes a problem, and a step that fails by name.
 *
 * @param path of the element that holds them, `choose[3]/when[2]`; empty directly in a section
 */
export function compilePolicies(elements: readonly Element[], path: string, scope: CompileScope): Steps {
  return elements.map((element) => compilePolicy(element, pathIn(path, element, elements), scope))
}

/** `choose[3]`: the name, counted from 1 where several siblings have it (documentation of error handling). */
export function pathIn(parent: string, element: Element, siblings: readonly Element[]): string {
  const same = siblings.filter(({ name }) => name === element.name)
  const step = same.length === 1 ? element.name : `${element.name}[${same.indexOf(element) + 1}]`
  return parent === '' ? step : `${parent}/${step}`
}

function compilePolicy(element: Element, path: string, scope: CompileScope): Step {
  const place = placeOf(element, path, scope)
  const { name } = element
  if (!isKnown(name)) return failing(place, element, scope, 'the emulator does not know this policy')
  const behaviour: Behaviour = behaviours[name]
  if (element.name === 'include-fragment') return included(element, place, scope)
  const why = behaviour.refuse(element) ?? misplaced(name, scope)
  if (why !== undefined) return failing(place, element, scope, why)
  const compiler = new PolicyCompiler(place, scope, element)
  try {
    const run = behaviour.prepare(element, compiler, place)
    return { place, readsBodies: compiler.readsBodies, run }
  } catch (error) {
    return failing(place, element, scope, error instanceof Error ? error.message : String(error))
  }
}

/** A fragment that is missing is no problem to report: whoever saves documents looks for what they name. */
function included(element: Element, place: StepPlace, scope: CompileScope): Step {
  const fragment = includeFragment(element, scope, (policies, inner) => compilePolicies(policies, place.path, inner))
  if ('why' in fragment) return failing(place, element, scope, fragment.why)
  if ('steps' in fragment) return { place, readsBodies: false, run: (context) => runSteps(fragment.steps, context) }
  return {
    place,
    readsBodies: false,
    run: () => {
      throw notSupported(fragment.missing)
    },
  }
}

const isKnown = (name: string): name is PolicyName => Object.hasOwn(behaviours, name)

function placeOf(element: Element, path: string, { section, scope }: CompileScope): StepPlace {
  const id = attributeOf(element, 'id')
  return { section, scope, path, policy: element.name, policyId: id instanceof Literal ? id.text : null }
}

/** Compiles what stands in one policy, and remembers where its branches stand. */
class PolicyCompiler implements ParameterCompiler<RequestContext, Steps> {
  /** Whether an expression may look at a body. The word alone tells: `.Body` cannot be had without it. */
  readsBodies = false
  readonly #place: StepPlace
  readonly #scope: CompileScope
  readonly #parts: readonly Element[]
  readonly #branches = new Map<Element, string>()

  constructor(place: StepPlace, scope: CompileScope, element: Element) {
    this.#place = place
    this.#scope = scope
    this.#parts = element.children.filter((child) => child.kind === 'element')
  }

  readonly value: ParameterCompiler<RequestContext, Steps>['value'] = (value, place) =>
    compileValue(value, place, {
      namedValue: this.#scope.sources.namedValue,
      report: (problem) => this.#scope.problems.push({ ...problem, path: this.#where }),
      onExpression: (source) => {
        this.readsBodies ||= source.includes('Body')
      },
      pathOf: (element) => this.#branches.get(element),
    })

  readonly policies: ParameterCompiler<RequestContext, Steps>['policies'] = (policies, parent) => {
    const path = pathIn(this.#place.path, parent, this.#parts)
    this.#branches.set(parent, path)
    return compilePolicies(policies, path, this.#scope)
  }

  get #where(): string {
    return `${this.#place.section}/${this.#place.path}`
  }
}

/** A step that fails as the save of its document should have: loudly and by name. */
function failing(place: StepPlace, element: Element, scope: CompileScope, why: string): Step {
  const message = `${element.name} cannot be run: ${why}.`
  scope.problems.push({
    rule: 'emulator/not-supported',
    severity: 'error',
    message,
    path: `${place.section}/${place.path}`,
    ...element.position,
  })
  return {
    place,
    readsBodies: false,
    run: () => {
      throw notSupported(message)
    },
  }
}
