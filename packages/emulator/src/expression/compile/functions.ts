import type { BoundBlock, BoundFunction, LocalSymbol } from '@apim-kit/policy-dsl/expression'
import { activate, allocateObject } from '../run.js'
import { types } from '../types.js'
import { Sequence } from '../values/collections.js'
import type { ClrValue } from '../values/value.js'
import { Walker } from '../values/walker.js'
import type { Compiler } from './compiler.js'
import { Cell, LocalCell, newFrame, Returned, type Code, type Delegate, type Frame } from './frame.js'

/** A function: given the frame around it, the value that is called. */
export function compileFunction(node: BoundFunction, compiler: Compiler): (outer: Frame) => Delegate {
  const body = node.iterator ? iteratorBody(node, compiler) : bodyCode(node.body, compiler)
  const takesNothing = node.captures.length === 0
  const inSlots = node.parameters.every(({ slot, captured }, index) => slot === index && !captured)
  if (!takesNothing || !inSlots || node.parameters.length > 2) return closureMaker(node, body)
  const delegate = plainDelegate(node, body)
  return () => delegate
}

/** The commonest lambda takes nothing from around it and has one or two parameters, which are its first slots: there is one value of it. */
function plainDelegate({ parameters: { length }, frameSize }: BoundFunction, body: Code): Delegate {
  if (length === 0) return () => activate(body, newFrame(frameSize, null))
  if (length === 1) return (value) => activate(body, newFrame(frameSize, value))
  return (first, second) => {
    const frame = newFrame(frameSize, first)
    frame[1] = second
    return activate(body, frame)
  }
}

/** Copies the captured cells now, and fills a frame with them and the arguments at each call. */
function closureMaker({ captures, parameters, frameSize }: BoundFunction, body: Code): (outer: Frame) => Delegate {
  const [first] = parameters
  return (outer) => {
    allocateObject()
    const cells = captures.map(({ from, to }) => ({ to, cell: outer[from] as Cell }))
    const open = (): Frame => {
      const frame = newFrame(frameSize, null)
      for (const { to, cell } of cells) frame[to] = cell
      return frame
    }
    if (parameters.length === 1) {
      return (value) => {
        const frame = open()
        setParameter(frame, first, value)
        return activate(body, frame)
      }
    }
    return (...values) => {
      const frame = open()
      parameters.forEach((parameter, index) => setParameter(frame, parameter, values[index]))
      return activate(body, frame)
    }
  }
}

/** The expression itself: a function of `context` that nothing is around. */
export interface Entry {
  readonly code: Code
  readonly frameSize: number
  readonly context: LocalSymbol | undefined
}

export function compileEntry({ body, frameSize, parameters: [context] }: BoundFunction, compiler: Compiler): Entry {
  return { code: bodyCode(body, compiler), frameSize, context }
}

/** The frame that the expression starts with. */
export function entryFrame({ frameSize, context }: Entry, value: ClrValue): Frame {
  const frame = newFrame(frameSize, value)
  setParameter(frame, context, value)
  return frame
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
  const isEnumerator = node.returnType.kind === 'named' && node.returnType.definition.name.includes('IEnumerator')
  return (frame) => {
    const initial = [...frame]
    const sequence = new Sequence(element, () => steps([...initial]))
    return isEnumerator ? new Walker(sequence, 'computed') : sequence
  }
}

function elementOf(node: BoundFunction): BoundFunction['returnType'] {
  const [element] = node.returnType.kind === 'named' ? node.returnType.arguments : []
  return element ?? types().special.object
}

/** A captured parameter gets a cell; a `ref` or `out` argument is one already. */
function setParameter(frame: Frame, parameter: LocalSymbol | undefined, value: ClrValue | undefined): void {
  if (parameter === undefined || value === undefined) return
  frame[parameter.slot] = parameter.captured && !(value instanceof Cell) ? new LocalCell(value) : value
}
