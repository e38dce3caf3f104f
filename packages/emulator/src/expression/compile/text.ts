import type { BoundConcat, BoundInterpolation, Type } from '@apim-kit/policy-dsl/expression'
import { allocate } from '../run.js'
import { formatAligned, traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import type { Code } from './frame.js'

type Writer = (value: ClrValue) => string

/** Texts shorter than this are not counted: the budget is about loops that double a string. */
const small = 1024

/** String `+`. */
export function compileConcat(node: BoundConcat, compiler: Compiler): Code {
  const parts = node.parts.map((part) => textCode(compiler.expression(part), part.type))
  const [a, b, c] = parts
  if (a !== undefined && b !== undefined && c === undefined) return (frame) => counted(a(frame) + b(frame))
  if (a !== undefined && b !== undefined && c !== undefined && parts.length === 3) {
    return (frame) => counted(a(frame) + b(frame) + c(frame))
  }
  return (frame) => {
    let result = ''
    for (const part of parts) result += part(frame)
    return counted(result)
  }
}

/** The text of a value of a static type; null is empty. */
export function writerFor(type: Type): Writer {
  if (type.id === 'System.String') return (value) => (value as string | null) ?? ''
  if (type.id === 'System.Int32') return (value) => `${value as number}`
  const traits = traitsOf(type)
  return (value) => (value === null ? '' : traits.text(value))
}

function textCode(code: Code, type: Type): (frame: Parameters<Code>[0]) => string {
  const write = writerFor(type)
  return (frame) => write(code(frame))
}

/** `$"…"`. */
export function compileInterpolation(node: BoundInterpolation, compiler: Compiler): Code {
  const parts = node.parts.map((part): ((frame: Parameters<Code>[0]) => string) => {
    if (typeof part === 'string') return () => part
    const code = compiler.expression(part.value)
    const write = formatterFor(part.value.type, part.format)
    const { alignment } = part
    if (alignment === undefined) return (frame) => write(code(frame))
    return (frame) => formatAligned(write(code(frame)), alignment)
  })
  return (frame) => {
    let result = ''
    for (const part of parts) result += part(frame)
    return counted(result)
  }
}

function formatterFor(type: Type, format: string | undefined): Writer {
  if (format === undefined) return writerFor(type)
  const traits = traitsOf(type)
  return (value) => (value === null ? '' : traits.format(value, format))
}

function counted(text: string): string {
  if (text.length > small) allocate(text.length)
  return text
}
