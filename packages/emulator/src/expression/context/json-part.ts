import { ApimKitError } from '@apim-kit/core/errors'

/** One object of a JSON input, read with defaults; a value of the wrong form is named by its path. */
export class JsonPart {
  readonly #values: ReadonlyMap<string, unknown>

  constructor(
    json: unknown,
    readonly path: string,
  ) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new ApimKitError('invalid-input', `${path} has to be an object, not ${describe(json)}.`)
    }
    this.#values = new Map(Object.entries(json))
  }

  value(key: string): unknown {
    return this.#values.get(key)
  }

  has(key: string): boolean {
    const value = this.#values.get(key)
    return value !== undefined && value !== null
  }

  keys(): string[] {
    return [...this.#values.keys()]
  }

  /** A text; numbers are taken by their text. */
  text(key: string, fallback: string): string {
    const value = this.#values.get(key) ?? fallback
    if (typeof value === 'string') return value
    if (typeof value === 'number') return String(value)
    throw this.wrong(key, 'a string', value)
  }

  textOrNull(key: string): string | null {
    return this.has(key) ? this.text(key, '') : null
  }

  number(key: string, fallback: number): number {
    const value = this.#values.get(key) ?? fallback
    if (typeof value !== 'number') throw this.wrong(key, 'a number', value)
    return value
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.#values.get(key) ?? fallback
    if (typeof value !== 'boolean') throw this.wrong(key, 'true or false', value)
    return value
  }

  list(key: string, fallback: readonly string[]): readonly string[] {
    const value = this.#values.get(key) ?? fallback
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
      throw this.wrong(key, 'an array of strings', value)
    return value
  }

  /** The object under a key; a missing one is empty. */
  part(key: string): JsonPart {
    return new JsonPart(this.#values.get(key) ?? {}, `${this.path}.${key}`)
  }

  parts(key: string): JsonPart[] {
    const value = this.#values.get(key) ?? []
    if (!Array.isArray(value)) throw this.wrong(key, 'an array', value)
    return value.map((item, index) => new JsonPart(item, `${this.path}.${key}[${index}]`))
  }

  entries(): [string, JsonPart][] {
    return this.keys().map((key) => [key, this.part(key)])
  }

  /** The object under a key as something; null when it is not there. */
  optional<T>(key: string, make: (part: JsonPart) => T): T | null {
    return this.has(key) ? make(this.part(key)) : null
  }

  /** Texts by name. */
  texts(key: string): Map<string, string> {
    const part = this.part(key)
    return new Map(part.keys().map((name) => [name, part.text(name, '')]))
  }

  /** A text or several by name, for headers. */
  textLists(): [string, readonly string[]][] {
    return this.keys().map((name) => {
      const value = this.#values.get(name)
      return [name, typeof value === 'string' ? [value] : this.list(name, [])]
    })
  }

  wrong(key: string, wanted: string, met: unknown): ApimKitError {
    return new ApimKitError('invalid-input', `${this.path}.${key} has to be ${wanted}, not ${describe(met)}.`)
  }
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80)
}
