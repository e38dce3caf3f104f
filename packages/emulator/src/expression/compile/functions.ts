import type { BoundBlock, BoundFunction, LocalSymbol } from '@apim-kit/policy-dsl/expression'
import { enter, leave } from '../run.js'
import { types } from '../types.js'
import { Sequence } from '../values/collections.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import { Cell, LocalCell, Returned, type Code, type Delegate, type Frame } from './frame.js'

/** A function: given the frame around it, the value that is called. */
export function compileFunction(node: BoundFunction, compiler: Compiler): (outer: Frame) => Delegate {
  const open = frameOpener(node)
  const body = node.iterator ? iteratorBody(node, compiler) : bodyCode(node.body, compiler)
  return (outer) => {
    const start = open(outer)
    return (...values) => {
      const frame = start(values)
      enter()
      try {
        return body(frame)
      } finally {
        leave()
      }
    }
  }
}

/** The expression itself: a function of `context` that nothing is around. */
export function compileEntry(node: BoundFunction, compiler: Compiler): (context: ClrValue) => ClrValue {
  const body = bodyCode(node.body, compiler)
  const { frameSize } = node
  const [context] = node.parameters
  return (value) => {
    const frame = new Array<ClrValue>(frameSize)
    setParameter(frame, context, value)
    return body(frame)
  }
}

/** The body as code; the commonest one, a single return, without the ways of a block. */
export function bodyCode(body: BoundBlock, compiler: Compiler): Code {
  const [only] = body.statements
  const plain =
    body.statements.length === 1 && body.functions.length === 0 && body.locals.every((local) => !local.captured)
  if (plain && only?.kind === 'return' && only.value !== undefined) return compiler.expression(only.value)
  const run = compiler.statement(body)
  return (frame) => {
    const completion = run(frame)
    return completion instanceof Returned ? completion.value : null
  }
}

/** Each walk of the sequence runs the body anew, with the arguments of the call. */
function iteratorBody(node: BoundFunction, compiler: Compiler): Code {
  const steps = compiler.steps(node.body)
  const element = elementOf(node)
  return (frame) => {
    const initial = [...frame]
    return new Sequence(element, () => steps([...initial]))
  }
}

function elementOf(node: BoundFunction): BoundFunction['returnType'] {
  const [element] = node.returnType.kind === 'named' ? node.returnType.arguments : []
  return element ?? types().special.object
}

/** Copies the captured cells now, and fills a frame with the arguments at each call. */
function frameOpener(node: BoundFunction): (outer: Frame) => (values: readonly ClrValue[]) => Frame {
  const { captures, parameters, frameSize } = node
  return (outer) => {
    const cells = captures.map((capture) => [capture.to, outer[capture.from] as Cell] as const)
    return (values) => {
      const frame = new Array<ClrValue>(frameSize)
      for (const [slot, cell] of cells) frame[slot] = cell
      // A loop over indices: this runs for every element that passes a lambda.
      for (let index = 0; index < parameters.length; index++) setParameter(frame, parameters[index], values[index])
      return frame
    }
  }
}

/** A captured parameter gets a cell; a `ref` or `out` argument is one already. */
function setParameter(frame: Frame, parameter: LocalSymbol | undefined, value: ClrValue | undefined): void {
  if (parameter === undefined || value === undefined) return
  frame[parameter.slot] = parameter.captured && !(value instanceof Cell) ? new LocalCell(value) : value
}
