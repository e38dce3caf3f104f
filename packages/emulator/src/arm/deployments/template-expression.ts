import { ArmError } from '../arm-error.js'

/** A function of the template language; it gets its arguments evaluated. */
export type TemplateFunction = (...args: readonly unknown[]) => unknown

/** The functions that a template may call, by their names in lower case. */
export type TemplateFunctions = Readonly<Record<string, TemplateFunction>>

/**
 * Evaluates every expression in a part of a template. A text between brackets is one; a second bracket in front makes it a
 * text. See "Syntax and expressions in ARM templates".
 *
 * @throws ArmError `InvalidTemplate`
 */
export function evaluate(value: unknown, functions: TemplateFunctions): unknown {
  if (typeof value === 'string') return evaluateText(value, functions)
  if (Array.isArray(value)) return value.map((item) => evaluate(item, functions))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]) => [
    String(evaluateText(name, functions)),
    evaluate(inner, functions),
  ])
  return Object.fromEntries(entries) as unknown
}

function evaluateText(text: string, functions: TemplateFunctions): unknown {
  if (!text.startsWith('[') || !text.endsWith(']')) return text
  if (text.startsWith('[[')) return text.slice(1)
  return new Reader(text.slice(1, -1), functions).read()
}

/** Anything wrong with a template. */
export function invalidTemplate(message: string): ArmError {
  return new ArmError(400, 'InvalidTemplate', `Deployment template validation failed: '${message}'.`)
}

const token = /\s*(?:'((?:[^']|'')*)'|(-?\d+)|([A-Za-z_]\w*)|([().,[\]]))/y

/** Reads an expression and evaluates it on the way. */
class Reader {
  readonly #text: string
  readonly #functions: TemplateFunctions
  #position = 0

  constructor(text: string, functions: TemplateFunctions) {
    this.#text = text
    this.#functions = functions
  }

  read(): unknown {
    const value = this.#expression()
    if (this.#text.slice(this.#position).trim() !== '') throw this.#unexpected()
    return value
  }

  #expression(): unknown {
    let value = this.#primary()
    for (;;) {
      if (this.#take('.')) value = this.#member(value, this.#name())
      else if (this.#take('[')) {
        value = this.#member(value, String(this.#expression()))
        this.#expect(']')
      } else return value
    }
  }

  #primary(): unknown {
    const [, text, number, name] = this.#next() ?? []
    if (text !== undefined) return text.replaceAll(`''`, `'`)
    if (number !== undefined) return Number(number)
    if (name === undefined) throw this.#unexpected()
    this.#expect('(')
    const args: unknown[] = []
    while (!this.#take(')')) {
      if (args.length > 0) this.#expect(',')
      args.push(this.#expression())
    }
    return this.#call(name, args)
  }

  #call(name: string, args: readonly unknown[]): unknown {
    const call = this.#functions[name.toLowerCase()]
    if (call !== undefined) return call(...args)
    const known = Object.keys(this.#functions).join(', ')
    throw new ArmError(
      501,
      'NotSupportedByEmulator',
      `The template function ${name} is not emulated; there are ${known}.`,
    )
  }

  #member(value: unknown, name: string): unknown {
    const names = typeof value === 'object' && value !== null ? Object.keys(value) : []
    const found = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase())
    if (found !== undefined) return Reflect.get(Object(value) as object, found) as unknown
    throw invalidTemplate(`The language expression property '${name}' doesn't exist`)
  }

  #name(): string {
    const name = this.#next()?.[3]
    if (name === undefined) throw this.#unexpected()
    return name
  }

  #next(): RegExpExecArray | undefined {
    token.lastIndex = this.#position
    const found = token.exec(this.#text)
    if (found !== null) this.#position = token.lastIndex
    return found ?? undefined
  }

  #take(sign: string): boolean {
    const before = this.#position
    if (this.#next()?.[4] === sign) return true
    this.#position = before
    return false
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#unexpected()
  }

  #unexpected(): ArmError {
    return invalidTemplate(`Unable to parse a language expression at position ${this.#position}`)
  }
}
