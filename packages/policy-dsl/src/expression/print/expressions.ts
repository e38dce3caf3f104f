import type {
  Argument,
  ArrayCreation,
  Designation,
  Expression,
  InterpolatedString,
  Lambda,
  MemberInitializer,
  ObjectCreation,
  Parameter,
  Pattern,
  Query,
  QueryBody,
  QueryClause,
} from '../syntax.js'
import { escapeText, printLiteral } from './literals.js'
import { printName } from './names.js'
import { printBlock } from './statements.js'
import { arrayParts, printType, printTypeArguments } from './types.js'

/** How strongly a kind of expression binds; an operand that binds less is put in parentheses. */
const LEVELS = {
  lowest: 0,
  conditional: 1,
  coalesce: 2,
  binary: 3,
  relational: 10,
  shift: 11,
  unary: 20,
  primary: 30,
} as const

const BINARY_LEVELS: ReadonlyMap<string, number> = new Map(
  [
    ['??'],
    ['||'],
    ['&&'],
    ['|'],
    ['^'],
    ['&'],
    ['==', '!='],
    ['<', '>', '<=', '>='],
    ['<<', '>>'],
    ['+', '-'],
    ['*', '/', '%'],
  ].flatMap((operators, index) =>
    operators.map((operator) => [operator, LEVELS.coalesce + index + (index >= 8 ? 1 : 0)] as const),
  ),
)

function levelOf(syntax: Expression): number {
  switch (syntax.kind) {
    case 'assignment':
    case 'lambda':
    case 'query':
    case 'throw':
    case 'ref':
      return LEVELS.lowest
    case 'conditional':
      return LEVELS.conditional
    case 'binary':
      return BINARY_LEVELS.get(syntax.operator) ?? LEVELS.binary
    case 'is':
    case 'as':
      return BINARY_LEVELS.get('<') ?? LEVELS.relational
    case 'cast':
    case 'unary':
      return LEVELS.unary
    case 'increment':
      return syntax.prefix ? LEVELS.unary : LEVELS.primary
    // Everything after a `?.` belongs to it, so nothing can be hung on it from outside.
    case 'conditional-access':
      return LEVELS.unary + 1
    default:
      return LEVELS.primary
  }
}

/** An operand that has to bind at least as strongly as `level`. */
function operand(syntax: Expression, level: number): string {
  const text = printExpression(syntax)
  return levelOf(syntax) < level ? `(${text})` : text
}

const list = (items: readonly Expression[]): string => items.map(printExpression).join(', ')
const args = (items: readonly Argument[]): string => items.map(printArgument).join(', ')
const braces = (inner: string): string => (inner === '' ? '{ }' : `{ ${inner} }`)

function printArgument({ name, mode, value }: Argument): string {
  return (name ? `${printName(name.name)}: ` : '') + (mode === 'value' ? '' : `${mode} `) + printExpression(value)
}

export function printExpression(syntax: Expression): string {
  switch (syntax.kind) {
    case 'literal':
      return printLiteral(syntax)
    case 'interpolated-string':
      return printInterpolated(syntax)
    case 'named-value':
      return `{{${syntax.name}}}`
    case 'name':
      return printName(syntax.name) + printTypeArguments(syntax.typeArguments)
    case 'type-expression':
      return printType(syntax.type)
    case 'parenthesized':
      return `(${printExpression(syntax.expression)})`
    case 'member':
      return `${operand(syntax.target, LEVELS.primary)}.${printName(syntax.name.name)}${printTypeArguments(syntax.typeArguments)}`
    case 'element':
      return `${operand(syntax.target, LEVELS.primary)}[${args(syntax.arguments)}]`
    case 'call':
      return `${operand(syntax.target, LEVELS.primary)}(${args(syntax.arguments)})`
    case 'conditional-access':
      return `${operand(syntax.target, LEVELS.primary)}?${printExpression(syntax.access)}`
    case 'member-binding':
      return `.${printName(syntax.name.name)}${printTypeArguments(syntax.typeArguments)}`
    case 'element-binding':
      return `[${args(syntax.arguments)}]`
    case 'new':
      return printNew(syntax)
    case 'new-anonymous':
      return `new ${braces(syntax.members.map(({ name, value }) => (name ? `${printName(name.name)} = ` : '') + printExpression(value)).join(', '))}`
    case 'new-array':
      return printNewArray(syntax)
    case 'array-initializer':
    case 'collection-initializer':
    case 'element-initializer':
      return braces(list(syntax.items))
    case 'object-initializer':
      return braces(syntax.members.map(printMemberInitializer).join(', '))
    case 'default':
    case 'typeof':
    case 'sizeof':
      return `${syntax.kind}(${printType(syntax.type)})`
    case 'nameof':
      return `nameof(${printExpression(syntax.operand)})`
    case 'checked':
      return `${syntax.checked ? 'checked' : 'unchecked'}(${printExpression(syntax.operand)})`
    case 'cast':
      return `(${printType(syntax.type)})${operand(syntax.operand, LEVELS.unary)}`
    case 'unary':
      return printUnary(syntax)
    case 'increment':
      return syntax.prefix
        ? syntax.operator + operand(syntax.operand, LEVELS.unary)
        : operand(syntax.operand, LEVELS.primary) + syntax.operator
    case 'binary':
      return printBinary(syntax)
    case 'is':
    case 'as':
      return `${operand(syntax.operand, levelOf(syntax))} ${syntax.kind} ${printPattern(syntax.pattern)}`
    case 'conditional':
      return `${operand(syntax.condition, LEVELS.coalesce)} ? ${operand(syntax.whenTrue, LEVELS.lowest)} : ${operand(syntax.whenFalse, LEVELS.lowest)}`
    case 'assignment':
      return `${operand(syntax.target, LEVELS.conditional)} ${syntax.operator} ${printExpression(syntax.value)}`
    case 'lambda':
      return printLambda(syntax)
    case 'query':
      return printQuery(syntax)
    case 'throw':
      return `throw ${printExpression(syntax.value)}`
    case 'tuple':
      return `(${args(syntax.items)})`
    case 'declaration':
      return `${printType(syntax.type)} ${printDesignation(syntax.designation)}`
    case 'ref':
      return `ref ${printExpression(syntax.operand)}`
    case 'missing':
      return ''
  }
}

/** `- -x`, `+ ++x`: two signs side by side would be another operator. */
function printUnary({ operator, operand: inner }: Expression & { kind: 'unary' }): string {
  const text = operand(inner, LEVELS.unary)
  return text.startsWith(operator) ? `${operator} ${text}` : operator + text
}

function printBinary(syntax: Expression & { kind: 'binary' }): string {
  const parts: string[] = []
  const level = levelOf(syntax)
  if (syntax.operator === '??') {
    const right = syntax.right.kind === 'throw' ? printExpression(syntax.right) : operand(syntax.right, level)
    return `${operand(syntax.left, level + 1)} ?? ${right}`
  }
  // Long chains lean to the left: walked in a loop, not by recursion.
  let left: Expression = syntax
  while (left.kind === 'binary' && left.operator !== '??' && levelOf(left) === level) {
    parts.push(` ${left.operator} ${operand(left.right, level + 1)}`)
    left = left.left
  }
  return operand(left, level) + parts.reverse().join('')
}

function printInterpolated({ parts }: InterpolatedString): string {
  const inner = parts.map((part) => {
    if (part.kind === 'text') return doubled(escapeText(part.value))
    const alignment = part.alignment ? `,${printExpression(part.alignment)}` : ''
    const format = part.format === undefined ? '' : `:${doubled(escapeText(part.format))}`
    return `{${printHole(part.value)}${alignment}${format}}`
  })
  return `$"${inner.join('')}"`
}

/** A colon or a comma of its own would begin the format; a conditional therefore stands in parentheses, as C# demands. */
function printHole(value: Expression): string {
  const text = printExpression(value)
  return levelOf(value) <= LEVELS.conditional || text.startsWith('{') ? `(${text})` : text
}

const doubled = (text: string): string => text.replaceAll('{', '{{').replaceAll('}', '}}')

function printNew({ type, arguments: given, initializer }: ObjectCreation): string {
  return `new ${printType(type)}${given ? `(${args(given)})` : ''}${initializer ? ` ${printExpression(initializer)}` : ''}`
}

function printNewArray({ type, rank, sizes, initializer }: ArrayCreation): string {
  const values = initializer ? ` ${printExpression(initializer)}` : ''
  if (type === undefined) return `new[${','.repeat(rank - 1)}]${values}`
  const { element, ranks } = arrayParts(type)
  const sized = sizes.length === 0 ? ranks : `[${list(sizes)}]${ranks.slice(ranks.indexOf(']') + 1)}`
  return `new ${printType(element)}${sized}${values}`
}

function printMemberInitializer({ target, value }: MemberInitializer): string {
  return `${'kind' in target ? printExpression(target) : printName(target.name)} = ${printExpression(value)}`
}

function printLambda({ parameters, body }: Lambda): string {
  const code = body.kind === 'block' ? printBlock(body, '') : printExpression(body)
  if (parameters === undefined) return `delegate ${code}`
  const [only] = parameters
  const bare = only && parameters.length === 1 && only.type === undefined && only.mode === 'value' && !only.defaultValue
  return `${bare ? printName(only.name.name) : printParameters(parameters)} => ${code}`
}

export function printParameters(parameters: readonly Parameter[]): string {
  const printed = parameters.map(({ name, type, mode, defaultValue }) => {
    const before = (mode === 'value' ? '' : `${mode} `) + (type ? `${printType(type)} ` : '')
    return before + printName(name.name) + (defaultValue ? ` = ${printExpression(defaultValue)}` : '')
  })
  return `(${printed.join(', ')})`
}

export function printDesignation(designation: Designation): string {
  switch (designation.kind) {
    case 'single-designation':
      return printName(designation.name)
    case 'discard-designation':
      return '_'
    case 'tuple-designation':
      return `(${designation.items.map(printDesignation).join(', ')})`
  }
}

export function printPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'constant-pattern':
      return operand(pattern.value, LEVELS.shift)
    case 'type-pattern':
      return printType(pattern.type)
    case 'declaration-pattern':
      return `${printType(pattern.type)} ${printDesignation(pattern.designation)}`
  }
}

function printQuery({ from, body }: Query): string {
  return `${printClause(from)} ${printQueryBody(body)}`
}

function printQueryBody({ clauses, result, continuation }: QueryBody): string {
  const end =
    result.kind === 'select'
      ? `select ${printExpression(result.value)}`
      : `group ${printExpression(result.value)} by ${printExpression(result.by)}`
  const rest = continuation ? [`into ${printName(continuation.name.name)}`, printQueryBody(continuation.body)] : []
  return [...clauses.map(printClause), end, ...rest].join(' ')
}

function printClause(clause: QueryClause): string {
  switch (clause.kind) {
    case 'from':
      return `from ${clause.type ? `${printType(clause.type)} ` : ''}${printName(clause.name.name)} in ${printExpression(clause.source)}`
    case 'let':
      return `let ${printName(clause.name.name)} = ${printExpression(clause.value)}`
    case 'where':
      return `where ${printExpression(clause.condition)}`
    case 'join': {
      const variable = `${clause.type ? `${printType(clause.type)} ` : ''}${printName(clause.name.name)}`
      const into = clause.into ? ` into ${printName(clause.into.name)}` : ''
      return `join ${variable} in ${printExpression(clause.source)} on ${printExpression(clause.left)} equals ${printExpression(clause.right)}${into}`
    }
    case 'orderby':
      return `orderby ${clause.orderings.map(({ key, descending }) => printExpression(key) + (descending ? ' descending' : '')).join(', ')}`
  }
}
