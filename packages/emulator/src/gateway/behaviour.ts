import {
  compileParameters,
  type AnyPolicyBuilder,
  type Element,
  type ParameterCompiler,
  type ParametersOf,
} from '@apim-kit/policy-dsl'
import type { RequestContext } from './request-context.js'
import type { Steps, StepPlace, StepResult } from './step.js'

/** Runs a policy for one request, with its parameters evaluated anew. */
export type Run = (context: RequestContext) => StepResult | Promise<StepResult>

/** What a policy does. Made by {@link handle} or {@link unsupported}. */
export interface Behaviour {
  /** Makes an element of a saved document ready to run. */
  prepare(element: Element, compiler: ParameterCompiler<RequestContext, Steps>, place: StepPlace): Run
  /** Why this element cannot be run here; undefined when it can. Asked when the document is saved. */
  refuse(element: Element): string | undefined
}

/** That of a policy that the gateway knows and cannot run. */
export interface UnsupportedBehaviour extends Behaviour {
  /** The reason, for people. */
  readonly why: string
}

type Described = Pick<AnyPolicyBuilder, 'definition'>

/**
 * The behaviour of a policy: a function of its parameters, evaluated, defaulted and typed by the policy's description.
 *
 * @param refuse says of an element why it cannot be run here, so that saving it fails. Default: every element can be run.
 * @example
 * export const runSetMethod = handle(setMethod, ({ text }, context) => { context.request.method = text })
 */
export function handle<B extends Described>(
  builder: B,
  run: (
    parameters: ParametersOf<B, Steps>,
    context: RequestContext,
    place: StepPlace,
  ) => StepResult | Promise<StepResult>,
  refuse: (element: Element) => string | undefined = () => undefined,
): Behaviour {
  return {
    prepare: (element, compiler, place) => {
      const parameters = compileParameters(builder, element, compiler)
      return (context) => run(parameters(context), context, place)
    },
    refuse,
  }
}

/** The behaviour of a policy that the gateway knows and cannot run: saving it fails with this reason. */
export function unsupported(why: string): UnsupportedBehaviour {
  return {
    why,
    prepare: () => () => undefined,
    refuse: () => why,
  }
}
