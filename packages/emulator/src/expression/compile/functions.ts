import type { BoundBlock, BoundFunction, LocalSymbol } from '@apim-kit/policy-dsl/expression'
import { enter, leave } from '../run.js'
import { types } from '../types.js'
import { Sequence } from '../values/collections.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import { Cell, LocalCell, newFrame, Returned, type Code, type Delegate, type Frame } from './frame.js'

/** A function: given the frame around it, the value that is called. The commonest counts of parameters need no array of arguments. */
export function compileFunction(node: BoundFunction, compiler: Compiler): (outer: Frame) => Delegate {
  const open = frameOpener(node)
  const body = node.iterator ? iteratorBody(node, compiler) : bodyCode(node.body, compiler)
  const [first, second] = node.parameters
  const count = node.parameters.length
  return (outer) => {
    const start = open(outer)
    if (count === 1) {
      return (value) => {
        const frame = start()
        setParameter(frame, first, value)
        return run(body, frame)
      }
    }
    if (count === 2) {
      return (one, two) => {
        const frame = start()
        setParameter(frame, first, one)
        setParameter(frame, second, two)
        return run(body, frame)
      }
    }
    return (...values) => {
      const frame = start()
      node.parameters.forEach((parameter, index) => setParameter(frame, parameter, values[index]))
      return run(body, frame)
    }
  }
}

function run(body: Code, frame: Frame): ClrValue {
  enter()
  try {
    return body(frame)
  } finally {
    leave()
  }
}

/** The expression itself: a function of `context` that nothing is around. */
export function compileEntry(node: BoundFunction, compiler: Compiler): (context: ClrValue) => ClrValue {
  const body = bodyCode(node.body, compiler)
  const { frameSize } = node
  const [context] = node.parameters
  return (value) => {
    const frame = newFrame(frameSize)
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

/** Copies the captured cells now, and makes a frame with them at each call. */
function frameOpener({ captures, frameSize }: BoundFunction): (outer: Frame) => () => Frame {
  if (captures.length === 0) return () => () => newFrame(frameSize)
  return (outer) => {
    const cells = captures.map(({ from, to }) => ({ to, cell: outer[from] as Cell }))
    return () => {
      const frame = newFrame(frameSize)
      for (const { to, cell } of cells) frame[to] = cell
      return frame
    }
  }
}

/** A captured parameter gets a cell; a `ref` or `out` argument is one already. */
function setParameter(frame: Frame, parameter: LocalSymbol | undefined, value: ClrValue | undefined): void {
  if (parameter === undefined || value === undefined) return
  frame[parameter.slot] = parameter.captured && !(value instanceof Cell) ? new LocalCell(value) : value
}
