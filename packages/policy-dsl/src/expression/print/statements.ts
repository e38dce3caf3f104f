import type {
  Expression,
  LocalDeclaration,
  LocalFunction,
  Statement,
  SwitchLabel,
  SwitchSection,
  TryStatement,
} from '../syntax.js'
import { printDesignation, printExpression, printParameters, printPattern } from './expressions.js'
import { printName } from './names.js'
import { printType } from './types.js'

const INDENT = '    '

/** A block; the opening brace stands where the text is put, the lines inside one step deeper than `margin`. */
export function printBlock(block: Statement & { kind: 'block' }, margin: string): string {
  if (block.statements.length === 0) return '{ }'
  const inner = margin + INDENT
  return `{\n${block.statements.map((statement) => `${inner}${printStatement(statement, inner)}\n`).join('')}${margin}}`
}

export function printStatement(statement: Statement, margin: string): string {
  switch (statement.kind) {
    case 'block':
      return printBlock(statement, margin)
    case 'empty':
      return ';'
    case 'local':
      return `${printDeclaration(statement)};`
    case 'local-function':
      return printFunction(statement, margin)
    case 'expression-statement':
      return `${printExpression(statement.expression)};`
    case 'if':
      return printIf(statement, margin)
    case 'while':
      return `while (${printExpression(statement.condition)}) ${printStatement(statement.body, margin)}`
    case 'do':
      return `do ${printStatement(statement.body, margin)} while (${printExpression(statement.condition)});`
    case 'for':
      return printFor(statement, margin)
    case 'foreach':
      return `foreach (${printVariable(statement.variable)} in ${printExpression(statement.source)}) ${printStatement(statement.body, margin)}`
    case 'switch':
      return `switch (${printExpression(statement.value)}) {\n${statement.sections.map((section) => printSection(section, margin + INDENT)).join('')}${margin}}`
    case 'break':
    case 'continue':
      return `${statement.kind};`
    case 'return':
      return statement.value ? `return ${printExpression(statement.value)};` : 'return;'
    case 'throw-statement':
      return statement.value ? `throw ${printExpression(statement.value)};` : 'throw;'
    case 'try':
      return printTry(statement, margin)
    case 'using': {
      const { resource } = statement
      const shown = resource.kind === 'local' ? printDeclaration(resource) : printExpression(resource)
      return `using (${shown}) ${printStatement(statement.body, margin)}`
    }
    case 'checked-statement':
      return `${statement.checked ? 'checked' : 'unchecked'} ${printBlock(statement.body, margin)}`
    case 'lock':
      return `lock (${printExpression(statement.target)}) ${printStatement(statement.body, margin)}`
    case 'goto':
      return printGoto(statement)
    case 'labeled':
      return `${printName(statement.label.name)}: ${printStatement(statement.statement, margin)}`
    case 'yield':
      return statement.value ? `yield return ${printExpression(statement.value)};` : 'yield break;'
  }
}

function printDeclaration({ constant, type, declarators }: LocalDeclaration): string {
  const list = declarators.map(
    ({ name, initializer }) => printName(name.name) + (initializer ? ` = ${printExpression(initializer)}` : ''),
  )
  return `${constant ? 'const ' : ''}${printType(type)} ${list.join(', ')}`
}

function printFunction(
  { name, typeParameters, constraints, parameters, returnType, body }: LocalFunction,
  margin: string,
): string {
  const generic =
    typeParameters.length === 0 ? '' : `<${typeParameters.map((parameter) => printName(parameter.name)).join(', ')}>`
  const where = constraints.map(({ parameter, types, special }) => {
    const first = special.filter((word) => word !== 'new')
    const last = special.includes('new') ? ['new()'] : []
    return ` where ${printName(parameter.name)} : ${[...first, ...types.map(printType), ...last].join(', ')}`
  })
  const head = `${printType(returnType)} ${printName(name.name)}${generic}${printParameters(parameters)}${where.join('')}`
  return body.kind === 'block' ? `${head} ${printBlock(body, margin)}` : `${head} => ${printExpression(body)};`
}

/** An `else` goes with the last `if` that has none: an `if` without one in between needs braces. */
function printIf({ condition, then, otherwise }: Statement & { kind: 'if' }, margin: string): string {
  const needsBraces = otherwise !== undefined && then.kind !== 'block' && endsInIf(then)
  const first = needsBraces
    ? printBlock({ kind: 'block', statements: [then], start: then.start, end: then.end }, margin)
    : printStatement(then, margin)
  return `if (${printExpression(condition)}) ${first}${otherwise ? ` else ${printStatement(otherwise, margin)}` : ''}`
}

function endsInIf(statement: Statement): boolean {
  switch (statement.kind) {
    case 'if':
      return statement.otherwise === undefined || endsInIf(statement.otherwise)
    case 'while':
    case 'for':
    case 'foreach':
    case 'using':
    case 'lock':
      return endsInIf(statement.body)
    default:
      return false
  }
}

function printFor(statement: Statement & { kind: 'for' }, margin: string): string {
  const { declaration, initializers, condition, iterators, body } = statement
  const list = (items: readonly Expression[]): string => items.map(printExpression).join(', ')
  const first = declaration ? printDeclaration(declaration) : list(initializers)
  return `for (${first}; ${condition ? printExpression(condition) : ''}; ${list(iterators)}) ${printStatement(body, margin)}`
}

function printVariable(variable: (Statement & { kind: 'foreach' })['variable']): string {
  return variable.kind === 'tuple'
    ? printExpression(variable)
    : `${printType(variable.type)} ${printDesignation(variable.designation)}`
}

function printSection({ labels, statements }: SwitchSection, margin: string): string {
  const heads = labels.map((label) => `${margin}${printLabel(label)}\n`)
  const inner = margin + INDENT
  return heads.join('') + statements.map((statement) => `${inner}${printStatement(statement, inner)}\n`).join('')
}

function printLabel(label: SwitchLabel): string {
  if (label.kind === 'default') return 'default:'
  return `case ${printPattern(label.pattern)}${label.when ? ` when ${printExpression(label.when)}` : ''}:`
}

function printTry({ body, catches, finally: last }: TryStatement, margin: string): string {
  const clauses = catches.map(({ type, name, filter, body: own }) => {
    const caught = type ? ` (${printType(type)}${name ? ` ${printName(name.name)}` : ''})` : ''
    return ` catch${caught}${filter ? ` when (${printExpression(filter)})` : ''} ${printBlock(own, margin)}`
  })
  return `try ${printBlock(body, margin)}${clauses.join('')}${last ? ` finally ${printBlock(last, margin)}` : ''}`
}

function printGoto({ target }: Statement & { kind: 'goto' }): string {
  if (target.kind === 'label') return `goto ${printName(target.name.name)};`
  return target.kind === 'case' ? `goto case ${printExpression(target.value)};` : 'goto default;'
}
