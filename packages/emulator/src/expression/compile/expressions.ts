import type {
  BoundAnonymousMember,
  BoundBinary,
  BoundCoalesce,
  BoundConditional,
  BoundConditionalAccess,
  BoundExpression,
  BoundLogical,
  BoundNewArray,
  BoundSequence,
  BoundTupleItem,
  BoundUnary,
  Type,
} from '@apim-kit/policy-dsl/expression'
import { allocateItems } from '../run.js'
import { ClrArray, Grid, makeArray, Product } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import { nullReference, overflowException } from '../values/exceptions.js'
import { TypeObject } from '../values/type-object.js'
import type { ClrValue } from '../values/value.js'
import { compileAssign, compileCompound, compileDereference, compileReference } from './assignments.js'
import { compileCall, compileDelegate, compileInvoke, compileLocalCall, compileNew, evaluateAll } from './calls.js'
import type { Compiler } from './compiler.js'
import { constantValue } from './constants.js'
import { compileAs, compileConvert, compileTypeTest } from './conversions.js'
import { compileElement } from './elements.js'
import { throwValue } from './exceptions.js'
import { type Code, constantCode } from './frame.js'
import { binaryCode, liftedBinary, unaryOperator } from './operators.js'
import { compileIsPattern } from './patterns.js'
import { compileIndexer, compileLocal, compileProperty, localWriter } from './places.js'
import { compileConcat, compileInterpolation } from './text.js'

type Kind = BoundExpression['kind']
type NodeOf<K extends Kind> = Extract<BoundExpression, { readonly kind: K }>
type Table = { readonly [K in Kind]: (node: NodeOf<K>, compiler: Compiler) => Code }

/** One compiler a kind of node; the type says that none is forgotten. What few expressions have is only named where it is called. */
const table: Table = {
  constant: (node) => constantCode(constantValue(node)),
  default: (node) => constantCode(defaultOf(node.type)),
  typeof: (node) => constantCode(new TypeObject(node.operand)),
  local: compileLocal,
  field: compileProperty,
  property: compileProperty,
  indexer: compileIndexer,
  element: (node, compiler) => compileElement(node, compiler),
  'anonymous-member': compileMember,
  'tuple-item': compileMember,
  call: compileCall,
  'local-call': compileLocalCall,
  invoke: compileInvoke,
  new: compileNew,
  'new-anonymous': (node, compiler) => newProduct(node.type, node.values, compiler),
  'new-tuple': (node, compiler) => newProduct(node.type, node.items, compiler),
  'new-array': compileNewArray,
  convert: compileConvert,
  unary: compileUnary,
  binary: compileBinary,
  logical: compileLogical,
  concat: compileConcat,
  interpolation: compileInterpolation,
  conditional: compileConditional,
  'conditional-access': compileConditionalAccess,
  coalesce: compileCoalesce,
  is: compileTypeTest,
  as: compileAs,
  'is-pattern': (node, compiler) => compileIsPattern(node, compiler),
  assign: (node, compiler) => compileAssign(node, compiler),
  compound: (node, compiler) => compileCompound(node, compiler),
  sequence: compileSequence,
  lambda: (node, compiler) => compiler.function(node.function),
  delegate: compileDelegate,
  throw: (node, compiler) => {
    const value = compiler.expression(node.value)
    return (frame) => throwValue(value(frame))
  },
  // The cell stands in for the value: only implementations of `ref` and `out` parameters see it.
  reference: (node, compiler) => compileReference(node, compiler),
  dereference: (node, compiler) => compileDereference(node, compiler),
}

/** Compiles any expression. */
export function compileExpressionNode(node: BoundExpression, compiler: Compiler): Code {
  // The table has for each kind the compiler of its node; TypeScript cannot follow that through the union.
  return (table[node.kind] as (node: BoundExpression, compiler: Compiler) => Code)(node, compiler)
}

/** A member of an anonymous object or a tuple: both are products. */
function compileMember(node: BoundAnonymousMember | BoundTupleItem, compiler: Compiler): Code {
  const receiver = compiler.expression(node.receiver)
  const { index } = node
  return (frame) => {
    const product = receiver(frame)
    if (!(product instanceof Product)) throw nullReference()
    return product.values[index] as ClrValue
  }
}

function newProduct(type: Product['type'], nodes: readonly BoundExpression[], compiler: Compiler): Code {
  const values = nodes.map((value) => compiler.expression(value))
  return (frame) => new Product(type, evaluateAll(values, frame))
}

function compileNewArray(node: BoundNewArray, compiler: Compiler): Code {
  const { element, items, sizes = [] } = node
  if (sizes.length > 1) return compileNewGrid(element, sizes, items, compiler)
  if (items !== undefined) {
    const values = items.map((item) => compiler.expression(item))
    if (element.id === 'System.Byte') return (frame) => makeArray(element, evaluateAll(values, frame))
    return (frame) => new ClrArray(element, evaluateAll(values, frame))
  }
  // The binder gives one or the other.
  const length = compiler.expression(sizes[0] as BoundExpression)
  const initial = defaultOf(element)
  return (frame) => {
    const count = Number(length(frame))
    if (count < 0) throw overflowException()
    allocateItems(count)
    return makeArray(element, new Array<ClrValue>(count).fill(initial))
  }
}

/** An array of more dimensions: `items`, row by row, or what its elements begin with. */
function compileNewGrid(
  element: Type,
  sizes: readonly BoundExpression[],
  items: readonly BoundExpression[] | undefined,
  compiler: Compiler,
): Code {
  const lengths = sizes.map((size) => compiler.expression(size))
  const values = items?.map((item) => compiler.expression(item))
  const initial = defaultOf(element)
  return (frame) => {
    const counts = evaluateAll(lengths, frame).map(Number)
    if (counts.some((count) => count < 0)) throw overflowException()
    const count = counts.reduce((product, length) => product * length, 1)
    allocateItems(count)
    return new Grid(element, counts, values ? evaluateAll(values, frame) : new Array<ClrValue>(count).fill(initial))
  }
}

function compileUnary(node: BoundUnary, compiler: Compiler): Code {
  const operand = compiler.expression(node.operand)
  const apply = unaryOperator(node.operator, node.operandType, node.checked)
  if (!node.lifted) return (frame) => apply(operand(frame))
  return (frame) => {
    const value = operand(frame)
    return value === null ? null : apply(value)
  }
}

function compileBinary(node: BoundBinary, compiler: Compiler): Code {
  const left = compiler.expression(node.left)
  const right = compiler.expression(node.right)
  if (node.operandType === 'reference') return referenceComparison(node, left, right)
  if (!node.lifted) return binaryCode(node, left, right)
  const apply = liftedBinary(node.operator, node.operandType, node.checked)
  return (frame) => apply(left(frame), right(frame))
}

/**
 * Comparing an object with a string compares references. A string made at run time is another object than an equal literal,
 * but the empty string is usually the same one.
 */
function referenceComparison(node: BoundBinary, left: Code, right: Code): Code {
  const wanted = node.operator === '=='
  const literals = Number(isLiteral(node.left)) + Number(isLiteral(node.right))
  if (literals !== 1) return (frame) => (left(frame) === right(frame)) === wanted
  return (frame) => {
    const value = left(frame)
    const same = value === right(frame) && (typeof value !== 'string' || value === '')
    return same === wanted
  }
}

function isLiteral(node: BoundExpression): boolean {
  const inner = node.kind === 'convert' ? node.operand : node
  return inner.kind === 'constant' && typeof inner.value === 'string'
}

function compileLogical(node: BoundLogical, compiler: Compiler): Code {
  const left = compiler.expression(node.left)
  const right = compiler.expression(node.right)
  if (node.operator === '&&') return (frame) => left(frame) === true && right(frame)
  return (frame) => left(frame) === true || right(frame)
}

function compileConditional(node: BoundConditional, compiler: Compiler): Code {
  const condition = compiler.expression(node.condition)
  const whenTrue = compiler.expression(node.whenTrue)
  const whenFalse = compiler.expression(node.whenFalse)
  return (frame) => (condition(frame) === true ? whenTrue(frame) : whenFalse(frame))
}

function compileConditionalAccess(node: BoundConditionalAccess, compiler: Compiler): Code {
  const receiver = compiler.expression(node.receiver)
  const write = localWriter(node.temp)
  const access = compiler.expression(node.access)
  return (frame) => {
    const value = receiver(frame)
    if (value === null) return null
    write(frame, value)
    return access(frame)
  }
}

function compileCoalesce(node: BoundCoalesce, compiler: Compiler): Code {
  const left = compiler.expression(node.left)
  const write = localWriter(node.temp)
  const value = compiler.expression(node.value)
  const right = compiler.expression(node.right)
  return (frame) => {
    const first = left(frame)
    if (first === null) return right(frame)
    write(frame, first)
    return value(frame)
  }
}

function compileSequence(node: BoundSequence, compiler: Compiler): Code {
  const effects = node.effects.map((effect) => compiler.expression(effect))
  const result = compiler.expression(node.result)
  return (frame) => {
    for (const effect of effects) effect(frame)
    return result(frame)
  }
}
