import { expressionTypes, type NamedType, type Type } from '@apim-kit/policy-dsl/expression'
import type { Choices } from './random.js'
import type { Production, Productions } from './productions.js'
import { textFor } from './texts.js'

/** Values that break things, by the type that C# gives them. */
const LITERALS: Readonly<Record<string, readonly string[]>> = {
  'System.Boolean': ['true', 'false'],
  'System.Int32': ['0', '1', '-1', '2', '7', '100', '0x1F', 'int.MaxValue', 'int.MinValue', '65536', '1_000_000'],
  'System.Int64': ['0L', '-1L', 'long.MaxValue', 'long.MinValue', '9007199254740993L'],
  'System.UInt32': ['0u', 'uint.MaxValue'],
  'System.UInt64': ['0ul', 'ulong.MaxValue'],
  'System.Int16': ['(short)-1', 'short.MaxValue'],
  'System.UInt16': ['(ushort)1', 'ushort.MaxValue'],
  'System.Byte': ['(byte)0', '(byte)255'],
  'System.SByte': ['(sbyte)-1'],
  'System.Char': ["'a'", "'\\0'", "'\\uD800'", "'é'", "' '"],
  'System.Double': ['0.0', '-0.0', '1.5', 'double.NaN', '1/0.0', 'double.MaxValue', '1e-300', '123456789.123'],
  'System.Single': ['1.5f', 'float.NaN', 'float.MaxValue'],
  'System.Decimal': ['0m', '1.10m', '-0.5m', 'decimal.MaxValue', '0.0000000000000000000000000001m'],
  'System.String': [
    '""',
    '"a"',
    '"Hello, World"',
    '"a,b,,c"',
    '"é€😀"',
    '"\\uD800"',
    '"42"',
    '"-1.5"',
    '"2024-02-29T13:05:09Z"',
    '"{\\"a\\":[1,{\\"b\\":null}]}"',
    '"[1,2,3]"',
    '"<a x=\\"1\\"><b/>t</a>"',
    '"https://h/p?q=1#f"',
    '"6f9619ff-8b86-d011-b42d-00cf4fc964ff"',
    '"{0:N2} {1,5}"',
    '"yyyy-MM-dd"',
    '"(a+)+$"',
    '"[a-z"',
    '"YWJj"',
    '"$.a[0]"',
    '"__proto__"',
    '"constructor"',
    '"\\r\\n\\t "',
    "new string('a', 5000)",
    '(string)null',
  ],
  'System.Object': ['(object)null', '5', '"x"', 'new object()', 'new { a = 1 }', '1.5', '5L', "'c'"],
  'System.Byte[]': ['new byte[0]', 'new byte[] { 1, 2, 255 }', 'new byte[16]', 'new byte[32]', '(byte[])null'],
  'Newtonsoft.Json.Linq.JToken': ['JToken.Parse("[1,{\\"a\\":2}]")', 'new JValue(1.5)', '(JToken)null'],
  'System.Xml.XmlDocument': [
    'JsonConvert.DeserializeXmlNode("{\\"a\\":{\\"@x\\":1,\\"b\\":[\\"t\\",{}]}}")',
    'new XmlDocument()',
  ],
  'System.Xml.XmlElement': [
    'JsonConvert.DeserializeXmlNode("{\\"a\\":{\\"@x\\":1,\\"b\\":[\\"t\\",{}]}}").DocumentElement',
  ],
  'System.Xml.XmlNode': [
    'JsonConvert.DeserializeXmlNode("{\\"a\\":{\\"@x\\":1,\\"b\\":[\\"t\\",{}]}}").SelectSingleNode("//b")',
    'new XmlDocument().CreateTextNode("t")',
  ],
  IProxyRequestContext: ['context'],
  IRequest: ['context.Request'],
  IResponse: ['context.Response', '((IResponse)context.Variables["r"])'],
}

const OPERATORS: Readonly<Record<string, string>> = {
  op_Addition: '+',
  op_Subtraction: '-',
  op_Multiply: '*',
  op_Division: '/',
  op_Modulus: '%',
  op_Equality: '==',
  op_Inequality: '!=',
  op_LessThan: '<',
  op_GreaterThan: '>',
  op_LessThanOrEqual: '<=',
  op_GreaterThanOrEqual: '>=',
}

interface Local {
  readonly name: string
  readonly type: Type
}

/** Writes expressions that mostly compile: every declared member is called, with arguments of its types. */
export class Generator {
  readonly #locals: Local[] = []
  #names = 0

  constructor(
    readonly productions: Productions,
    readonly choices: Choices,
  ) {}

  /** A whole policy expression. */
  expression(): string {
    return this.choices.chance(60) ? `@(${this.#any(4)})` : `@{ ${this.#statements(4)} return ${this.#any(2)}; }`
  }

  #any(depth: number): string {
    if (this.choices.chance(15)) return this.#operation(depth)
    const production = this.choices.pick(this.productions.all)
    return production.result === expressionTypes().special.void
      ? `((Func<int>)(() => { ${this.#produce(production, depth)}; return 1; }))()`
      : this.#produce(production, depth)
  }

  #value(type: Type, depth: number): string {
    const { choices } = this
    const fitting = this.#locals.filter((local) => local.type === type)
    if (fitting.length > 0 && choices.chance(40)) return choices.pick(fitting).name
    if (type.kind === 'named' && type.definition.kind === 'delegate') return this.#lambda(type, depth)
    const ways = this.productions.byResult.get(type.id) ?? []
    if (depth > 0 && ways.length > 0 && choices.chance(60)) return this.#produce(choices.pick(ways), depth - 1)
    return this.#literal(type, depth)
  }

  #literal(type: Type, depth: number): string {
    const known = LITERALS[idOf(type)]
    if (known !== undefined) return this.choices.pick(known)
    if (type.kind === 'array' && type.rank === 1) return this.#array(type.element, depth)
    if (type.kind !== 'named') return `default(${nameOf(type)})`
    const [first] = type.arguments
    const { name, kind, members } = type.definition
    if (kind === 'enum' && members.size > 0)
      return this.choices.chance(90)
        ? `${nameOf(type)}.${this.choices.pick([...members.keys()])}`
        : `(${nameOf(type)})99`
    if (
      first !== undefined &&
      /^System\.Collections\.Generic\.(IEnumerable|IList|ICollection|IReadOnly\w+)<T>$/.test(name)
    )
      return this.#array(first, depth)
    const ways = this.productions.byResult.get(type.id) ?? []
    const simple = ways.filter(({ parameters, member }) => member.kind === 'constructor' && parameters.length < 2)
    return simple.length > 0 && depth > -3
      ? this.#produce(this.choices.pick(simple), depth - 1)
      : `default(${nameOf(type)})`
  }

  #array(element: Type, depth: number): string {
    const items = Array.from({ length: this.choices.below(4) }, () => this.#value(element, Math.min(depth, 1) - 1))
    return `new ${nameOf(element)}[] { ${items.join(', ')} }`
  }

  #lambda(type: NamedType, depth: number): string {
    const invoke = type.definition.invoke
    const { int, string, void: nothing, bool } = expressionTypes().special
    if (invoke === undefined) return 'null'
    const parameters = type.definition.typeParameters
    const close = (of: Type): Type =>
      of.kind === 'type-parameter' ? (type.arguments[parameters.indexOf(of)] ?? of) : of
    const locals = invoke.parameters.map((parameter) => ({ name: this.#name(), type: close(parameter.type) }))
    this.#locals.push(...locals)
    const result = close(invoke.type)
    const body =
      result === nothing
        ? `${this.#name()}.ToString()`
        : this.#value(result === int || result === string || result === bool ? result : result, Math.min(depth, 2) - 1)
    this.#locals.length -= locals.length
    return `(${locals.map(({ name }) => name).join(', ')}) => ${body}`
  }

  #produce({ member, owner, typeArguments, parameters, result }: Production, depth: number): string {
    const values = parameters
      .filter(
        ({ optional, mode }) =>
          !(optional && this.choices.chance(60)) && !(mode === 'params' && this.choices.chance(30)),
      )
      .map((parameter) => this.#argument(parameter, depth - 1))
    const [first = 'null', second = 'null'] = values
    const generic =
      typeArguments.length > 0 && (!member.extension || this.choices.chance(30))
        ? `<${typeArguments.map(nameOf).join(', ')}>`
        : ''
    if (member.kind === 'constructor') return `new ${nameOf(owner)}(${values.join(', ')})`
    if (member.kind === 'conversion') return `(${nameOf(result)})(${first})`
    if (member.kind === 'operator') {
      const sign = OPERATORS[member.name]
      return sign === undefined ? `(-(${first}))` : `((${first}) ${sign} (${second}))`
    }
    if (member.extension) return `(${first}).${member.name}${generic}(${values.slice(1).join(', ')})`
    const receiver = member.static ? nameOf(owner) : this.#receiver(owner, depth)
    if (member.kind === 'method') return `${receiver}.${member.name}${generic}(${values.join(', ')})`
    return member.kind === 'indexer' ? `${receiver}[${values.join(', ')}]` : `${receiver}.${member.name}`
  }

  #argument({ name, type, mode }: Production['parameters'][number], depth: number): string {
    if (mode === 'out') return `out var ${this.#name()}`
    return type === expressionTypes().special.string && this.choices.chance(40)
      ? textFor(name, this.choices)
      : this.#value(type, depth)
  }

  #receiver(owner: NamedType, depth: number): string {
    const { kind } = owner.definition
    const text = this.#value(owner, depth - 1)
    // A lambda has no type of its own.
    const value = kind === 'delegate' ? `((${nameOf(owner)})(${text}))` : `(${text})`
    const mayBeNull = kind === 'class' || kind === 'interface'
    return mayBeNull && this.choices.chance(10) ? `${value}?` : value
  }

  #operation(depth: number): string {
    const { int, string, double, bool, decimal, long } = expressionTypes().special
    const { choices } = this
    const type = choices.pick([int, string, double, bool, decimal, long])
    const [a, b] = [this.#value(type, depth - 1), this.#value(type, depth - 1)]
    switch (choices.below(6)) {
      case 0:
        return `(${this.#value(bool, depth - 1)}) ? (${a}) : (${b})`
      case 1:
        return `$"{${a}}|{${b},5}|{(${b}):N2}"`
      case 2:
        return `checked((${a}) * (${b}))`
      case 3:
        return `(object)(${a}) is ${nameOf(type)} ${this.#name()}`
      default:
        return `(${a}) ${choices.pick(['+', '-', '*', '/', '%', '==', '<', '>=', '&', '|', '^', '<<', '>>', '&&', '||', '??'])} (${b})`
    }
  }

  #statements(count: number): string {
    return Array.from({ length: 1 + this.choices.below(count) }, () => this.#statement(count)).join(' ')
  }

  #statement(depth: number): string {
    const { choices } = this
    const { int, bool, string, object } = expressionTypes().special
    const inner = (): string => this.#scoped(() => (depth > 1 ? this.#statements(depth - 2) : ''))
    switch (choices.below(17)) {
      case 0:
        return `if (${this.#value(bool, 2)}) { ${inner()} } else { ${inner()} }`
      case 1: {
        const name = this.#name()
        return `for (int ${name} = 0; ${name} < ${this.#value(int, 1)}; ${name}++) { ${inner()} }`
      }
      case 2:
        return `foreach (var ${this.#name()} in ${this.#value(expressionTypes().array(string), 2)}) { ${inner()} }`
      case 3:
        return `try { ${inner()} } catch (Exception ${this.#name()}) { ${inner()} } finally { }`
      case 4:
        return `while (${this.#value(bool, 2)}) { ${inner()} ${choices.chance(50) ? 'break;' : ''} }`
      case 5:
        return `switch ((object)(${this.#value(object, 2)})) { case int ${this.#name()}: break; case string ${this.#name()}: break; default: break; }`
      case 6:
        return `int ${this.#name()}(int n) => n <= 0 ? ${this.#value(int, 1)} : n - 1;`
      case 7: {
        const [one, two] = [this.#name(), this.#name()]
        return `var (${one}, ${two}) = (${this.#value(int, 1)}, ${this.#value(string, 1)}); (${two}, ${one}) = (${two} + ${one}, ${one}++);`
      }
      case 8: {
        const name = this.#name()
        return `T ${name}<T>(T x, ref int y, params string[] z) { y++; return x; } int ${name}i = 1; ${name}(${this.#value(string, 1)}, ref ${name}i, ${this.#value(string, 1)});`
      }
      case 9: {
        const name = this.#name()
        return `IEnumerable<int> ${name}() { for (int ${name}i = 0; ${name}i < 3; ${name}i++) { ${inner()} yield return ${this.#value(int, 1)}; } } foreach (var ${name}x in ${name}()) { ${inner()} }`
      }
      case 10: {
        const [x, y] = [this.#name(), this.#name()]
        return `var ${this.#name()} = from ${x} in ${this.#value(expressionTypes().array(int), 1)} let ${y} = ${this.#value(int, 1)} where ${this.#value(bool, 1)} orderby ${y} descending, ${x} group ${y} by ${x} into g select g.Count();`
      }
      case 12: {
        const name = this.#name()
        return `ref int ${name}(int[] a) => ref a[${this.#value(int, 1)}]; ${name}(new[] { 1, 2, 3 }) += 1; ref int ${name}r = ref ${name}(new int[2]); ${name}r++;`
      }
      case 13: {
        const name = this.#name()
        return `var ${name} = new[,] { { 1, ${this.#value(int, 1)} }, { 3, 4 } }; ${name}[1, ${this.#value(int, 1)}]++; var ${name}s = new string[${this.#value(int, 0)}, 2]; foreach (var ${name}x in ${name}) { ${inner()} }`
      }
      case 11: {
        const [local] = this.#locals
        return local === undefined ? ';' : `${local.name} = ${this.#value(local.type, 2)};`
      }
      default: {
        const type = choices.pick([int, string, bool, choices.pick(this.productions.all).result])
        if (type.kind !== 'named' && type.kind !== 'array') return ';'
        if (type === expressionTypes().special.void || (type.kind === 'named' && type.definition.static)) return ';'
        const name = this.#name()
        const text = `${nameOf(type)} ${name} = ${this.#value(type, 3)};`
        this.#locals.push({ name, type })
        return text
      }
    }
  }

  #scoped(write: () => string): string {
    const { length } = this.#locals
    const text = write()
    this.#locals.length = length
    return text
  }

  #name(): string {
    this.#names += 1
    return `v${this.#names}`
  }
}

/** `System.Byte[]` for an array: the key of the literals. */
function idOf(type: Type): string {
  return type.kind === 'array' ? `${type.element.id}[]` : type.id
}

/** A type as C# code, with its namespace. */
function nameOf(type: Type): string {
  if (type.kind === 'array') return `${nameOf(type.element)}[${','.repeat(type.rank - 1)}]`
  if (type.kind !== 'named') return 'object'
  const path = type.definition.name.replace(/<.*/, '')
  return type.arguments.length === 0 ? path : `${path}<${type.arguments.map(nameOf).join(', ')}>`
}
