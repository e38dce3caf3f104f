import type { BoundField, BoundIndexer, BoundLocal, BoundProperty } from '@apim-kit/policy-dsl/expression'
import type { ClrValue } from '../values/value.js'
import { invokeOn } from './calls.js'
import type { Compiler } from './compiler.js'
import { contextRead } from './context-reads.js'
import type { Cell, Code, Frame } from './frame.js'

/** Reads a local. A slot is always assigned before it is read: the binder has checked that. */
export function compileLocal(node: BoundLocal): Code {
  const { slot } = node
  if (node.local.captured) return (frame) => (frame[slot] as Cell).value
  return (frame) => frame[slot] as ClrValue
}

/** Writes a local. */
export function localWriter(node: BoundLocal): (frame: Frame, value: ClrValue) => void {
  const { slot } = node
  if (node.local.captured) {
    return (frame, value) => {
      ;(frame[slot] as Cell).value = value
    }
  }
  return (frame, value) => {
    frame[slot] = value
  }
}

/** Reads a property or a field. */
export function compileProperty(node: BoundProperty | BoundField, compiler: Compiler): Code {
  const read = contextRead(node)
  if (read !== undefined) return read
  const get = compiler.implementation(node.member)
  if (node.receiver === undefined) return () => get()
  return invokeOn(get, node.receiver, node.member, compiler)
}

/** Reads through a declared indexer. */
export function compileIndexer(node: BoundIndexer, compiler: Compiler): Code {
  const indices = node.arguments.map((index) => compiler.expression(index))
  return invokeOn(compiler.implementation(node.member), node.receiver, node.member, compiler, indices)
}
