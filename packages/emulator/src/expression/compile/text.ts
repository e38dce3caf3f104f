import type { BoundConcat, BoundExpression, BoundInterpolation, Type } from '@apim-kit/policy-dsl/expression'
import { allocate } from '../run.js'
import { formatAligned, traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import type { Code, Frame } from './frame.js'

type Writer = (value: ClrValue) => string

/** Texts shorter than this are not counted: the budget is about loops that double a string. */
const small = 1024

/** A part of a text: known, or what it is then. */
type Part = string | ((frame: Frame) => string)

/** String `+`. */
export function compileConcat(node: BoundConcat, compiler: Compiler): Code {
  return joined(node.parts.map((part) => textOf(part, writerFor(part.type), compiler)))
}

/** `$"…"`. */
export function compileInterpolation(node: BoundInterpolation, compiler: Compiler): Code {
  return joined(
    node.parts.map((part) => {
      if (typeof part === 'string') return part
      const { value, alignment, format } = part
      const write = formatterFor(value.type, format)
      return textOf(value, alignment === undefined ? write : (item) => formatAligned(write(item), alignment), compiler)
    }),
  )
}

/** The text of a value of a static type; null is empty. */
export function writerFor(type: Type): Writer {
  if (type.id === 'System.String') return textOrEmpty
  if (type.id === 'System.Int32') return (value) => `${value as number}`
  const traits = traitsOf(type)
  return (value) => (value === null ? '' : traits.text(value))
}

const textOrEmpty: Writer = (value) => (value as string | null) ?? ''

function formatterFor(type: Type, format: string | undefined): Writer {
  if (format === undefined) return writerFor(type)
  const traits = traitsOf(type)
  return (value) => (value === null ? '' : traits.format(value, format))
}

function textOf(node: BoundExpression, write: Writer, compiler: Compiler): Part {
  const code = compiler.expression(node)
  if (write === textOrEmpty && code.constant !== undefined) return textOrEmpty(code.constant)
  return write === textOrEmpty ? (frame) => (code(frame) as string | null) ?? '' : (frame) => write(code(frame))
}

/** The parts in a row. Texts that are known stand between those that are not: one or two of these are by far the commonest. */
function joined(parts: readonly Part[]): Code {
  let head = ''
  const values: { readonly text: (frame: Frame) => string; after: string }[] = []
  for (const part of parts) {
    const last = values.at(-1)
    if (typeof part !== 'string') values.push({ text: part, after: '' })
    else if (last === undefined) head += part
    else last.after += part
  }
  const [first, second] = values
  if (first === undefined) return () => head
  if (second === undefined) return oneBetween(head, first.text, first.after)
  if (values.length === 2) return twoBetween(head, first.text, first.after, second.text, second.after)
  return (frame) => {
    let result = head
    for (const { text, after } of values) result += text(frame) + after
    return counted(result)
  }
}

function oneBetween(head: string, text: (frame: Frame) => string, tail: string): Code {
  if (tail === '') return (frame) => counted(head + text(frame))
  return (frame) => counted(head + text(frame) + tail)
}

function twoBetween(
  head: string,
  first: (frame: Frame) => string,
  between: string,
  second: (frame: Frame) => string,
  tail: string,
): Code {
  if (head === '' && tail === '') return (frame) => counted(first(frame) + between + second(frame))
  return (frame) => counted(head + first(frame) + between + second(frame) + tail)
}

function counted(text: string): string {
  if (text.length > small) allocate(text.length)
  return text
}
