import type {
  BoundAssign,
  BoundCompound,
  BoundDereference,
  BoundExpression,
  BoundField,
  BoundIndexer,
  BoundLocal,
  BoundProperty,
  BoundReference,
  BoundTarget,
} from '@apim-kit/policy-dsl/expression'
import { isValueType } from '../types.js'
import { Product } from '../values/collections.js'
import type { ClrValue } from '../values/value.js'
import { evaluateAll, receiverCode } from './calls.js'
import type { Compiler } from './compiler.js'
import { elementPlace } from './elements.js'
import { Cell, type Code, type Delegate, type Frame } from './frame.js'
import { plainSlot } from './operands.js'
import { localWriter } from './places.js'

/** `target = value`. */
export function compileAssign({ target, value: source }: BoundAssign, compiler: Compiler): Code {
  const value = compiler.expression(source)
  if (target.kind === 'local') {
    const write = localWriter(target)
    return (frame) => {
      const result = value(frame)
      write(frame, result)
      return result
    }
  }
  const place = compilePlace(target, compiler)
  return (frame) => {
    const cell = place(frame)
    const result = value(frame)
    cell.value = result
    return result
  }
}

/** `target += value` and its kin: the place is found once. */
export function compileCompound(node: BoundCompound, compiler: Compiler): Code {
  const slot = plainSlot(node.target)
  if (slot !== undefined) return slotCompound(slot, node, compiler)
  const writeTemp = localWriter(node.temp)
  const value = compiler.expression(node.value)
  const place = compilePlace(node.target, compiler)
  const wantsOld = node.result === 'old'
  return (frame) => {
    const cell = place(frame)
    const old = cell.value
    writeTemp(frame, old)
    const changed = value(frame)
    cell.value = changed
    return wantsOld ? old : changed
  }
}

/** The same for a local that lives in its slot. */
function slotCompound(slot: number, node: BoundCompound, compiler: Compiler): Code {
  const writeTemp = localWriter(node.temp)
  const value = compiler.expression(node.value)
  const wantsOld = node.result === 'old'
  return (frame) => {
    const old = frame[slot] as ClrValue
    writeTemp(frame, old)
    const changed = value(frame)
    frame[slot] = changed
    return wantsOld ? old : changed
  }
}

/**
 * What a compound assignment does to a local of type int that lives in its slot: adds a value to it. Undefined where it does something else.
 * The commonest statements of loops are `i++` and `sum += x`.
 */
export function addition(
  node: BoundExpression,
): { readonly slot: number; readonly added: BoundExpression } | undefined {
  if (node.kind !== 'compound' || node.value.kind !== 'binary') return undefined
  const slot = plainSlot(node.target)
  const { operator, operandType, checked, lifted, left, right } = node.value
  const isSum = operator === '+' && operandType === 'int' && !checked && !lifted
  const addsToTarget = left.kind === 'local' && left.local === node.temp.local
  return slot !== undefined && isSum && addsToTarget ? { slot, added: right } : undefined
}

/** The value at the place that a function returned. */
export function compileDereference(node: BoundDereference, compiler: Compiler): Code {
  const place = compilePlace(node, compiler)
  return (frame) => place(frame).value
}

/** A `ref` or `out` argument. */
export function compileReference(node: BoundReference, compiler: Compiler): Code {
  return compilePlace(node.target, compiler)
}

/** What can be read and written, with its receiver and indices evaluated. */
function compilePlace(target: BoundTarget, compiler: Compiler): (frame: Frame) => Cell {
  switch (target.kind) {
    case 'local':
      return localPlace(target)
    case 'element':
      return elementPlace(target, compiler)
    case 'dereference': {
      const cell = compiler.expression(target.cell)
      // What a function returns by reference is a cell, which only a dereference sees.
      return (frame) => cell(frame) as unknown as Cell
    }
    case 'indexer': {
      const receiver = receiverCode(target.receiver, target.member, compiler)
      return memberPlace(target, compiler, [receiver, ...target.arguments.map((index) => compiler.expression(index))])
    }
    case 'field': {
      const struct = structPlace(target.receiver, compiler)
      if (struct !== undefined) return itemPlace(struct, target)
      return memberPlace(target, compiler, receiverOf(target.receiver, target, compiler))
    }
    case 'property':
      return memberPlace(target, compiler, receiverOf(target.receiver, target, compiler))
  }
}

function receiverOf(
  receiver: BoundExpression | undefined,
  target: BoundField | BoundProperty,
  compiler: Compiler,
): Code[] {
  return receiver === undefined ? [] : [receiverCode(receiver, target.member, compiler)]
}

/** Where a value tuple stands whose item is written: a variable, an element, an item of another. */
function structPlace(receiver: BoundExpression | undefined, compiler: Compiler): ((frame: Frame) => Cell) | undefined {
  if (receiver === undefined || !isValueType(receiver.type)) return undefined
  const { kind } = receiver
  return kind === 'local' || kind === 'element' || kind === 'field' || kind === 'dereference'
    ? compilePlace(receiver, compiler)
    : undefined
}

function itemPlace(struct: (frame: Frame) => Cell, { member }: BoundField): (frame: Frame) => Cell {
  const { name } = member.member
  const index = name === 'Rest' ? 7 : Number(name.replace('Item', '')) - 1
  return (frame) => new ItemCell(struct(frame), index)
}

/** An item of a tuple. To write it puts another tuple in the place, as copies of the old one must stay what they are. */
class ItemCell extends Cell {
  constructor(
    readonly tuple: Cell,
    readonly index: number,
  ) {
    super()
  }

  override get value(): ClrValue {
    return (this.tuple.value as Product).values[this.index] ?? null
  }

  override set value(value: ClrValue) {
    const { type, values } = this.tuple.value as Product
    this.tuple.value = new Product(
      type,
      values.map((own, index) => (index === this.index ? value : own)),
    )
  }
}

function localPlace(target: BoundLocal): (frame: Frame) => Cell {
  const { slot } = target
  return target.local.captured ? (frame) => frame[slot] as Cell : (frame) => new SlotCell(frame, slot)
}

class SlotCell extends Cell {
  constructor(
    readonly frame: Frame,
    readonly slot: number,
  ) {
    super()
  }

  override get value(): ClrValue {
    return this.frame[this.slot] as ClrValue
  }

  override set value(value: ClrValue) {
    this.frame[this.slot] = value
  }
}

function memberPlace(
  target: BoundField | BoundProperty | BoundIndexer,
  compiler: Compiler,
  parts: readonly Code[],
): (frame: Frame) => Cell {
  const { member } = target.member
  // A property that is only written is never read, and one that is only read is never written.
  const get = member.canRead ? compiler.implementation(target.member) : neverCalled
  const set = member.canWrite ? compiler.implementation(target.member, true) : neverCalled
  return (frame) => new MemberCell(get, set, evaluateAll(parts, frame))
}

function neverCalled(): ClrValue {
  throw new Error('The binder let a member be used in a way that it does not have.')
}

class MemberCell extends Cell {
  constructor(
    readonly get: Delegate,
    readonly set: Delegate,
    readonly parts: readonly ClrValue[],
  ) {
    super()
  }

  override get value(): ClrValue {
    return this.get(...this.parts)
  }

  override set value(value: ClrValue) {
    this.set(...this.parts, value)
  }
}
