import type { Problem } from '@apim-kit/core'
import {
  attributeOf,
  Literal,
  type Element,
  type ParameterCompiler,
  type PolicyName,
  type Scope,
  type Section,
} from '@apim-kit/policy-dsl'
import { compileValue } from './compile-value.js'
import { notSupported } from './not-supported.js'
import { behaviours } from './policies/index.js'
import type { RequestContext } from './request-context.js'
import type { Step, StepPlace, Steps } from './step.js'

/** Where policies stand, and where what is found wrong with them goes. */
export interface CompileScope {
  readonly section: Section
  readonly scope: Scope
  /** The text of a named value; undefined when there is none. */
  readonly namedValue: (displayName: string) => string | undefined
  readonly problems: Problem[]
}

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
  const behaviour = isKnown(element.name) ? behaviours[element.name] : undefined
  if (behaviour === undefined) return failing(place, element, scope, 'the emulator does not know this policy')
  const why = behaviour.refuse(element)
  if (why !== undefined) return failing(place, element, scope, why)
  const compiler = new PolicyCompiler(place, scope, element)
  try {
    const run = behaviour.prepare(element, compiler, place)
    return { place, readsBodies: compiler.readsBodies, run }
  } catch (error) {
    return failing(place, element, scope, error instanceof Error ? error.message : String(error))
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
      namedValue: this.#scope.namedValue,
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
