import type { BoundExpression, BoundForEach, BoundLocal, BoundStatement } from '../bound.js'
import type { Span } from '../position.js'
import { isStatementExpression, NO_STATEMENT } from '../parse/statements.js'
import type { Expression, ForEachStatement, ForStatement, LocalDeclaration, Statement } from '../syntax.js'
import type { Type } from '../types/type.js'
import { assign, spread } from './assignments.js'
import type { Binder } from './binder.js'
import { convertExplicit } from './conversions.js'
import { bindDeclarator } from './declarations.js'
import { bindCondition, bindValue } from './expressions.js'
import { lookupMembers, memberType } from './members.js'
import { asGeneric, interfacesOf, isNamed, isString } from './relations.js'
import { bindEmbedded } from './statements.js'
import { isVar, resolveType } from './types.js'

export function inLoop<T>(b: Binder, run: () => T): T {
  b.hasLoop = true
  b.loops++
  const result = run()
  b.loops--
  return result
}

export function bindWhile(b: Binder, syntax: Statement & { kind: 'while' }): BoundStatement {
  return b.inScope((scope) => {
    const condition = bindCondition(b, syntax.condition)
    const body = inLoop(b, () => bindEmbedded(b, syntax.body))
    return { kind: 'while', locals: scope.locals, condition, body, start: syntax.start, end: syntax.end }
  })
}

/** What stands where its result is thrown away. */
function bindEffect(b: Binder, syntax: Expression): BoundExpression {
  const value = bindValue(b, syntax)
  if (!isStatementExpression(syntax)) b.report('CS0201', syntax, NO_STATEMENT)
  return value
}

export function bindFor(b: Binder, syntax: ForStatement): BoundStatement {
  return b.inScope((scope) => {
    const declared =
      syntax.declaration?.declarators.map((declarator) =>
        bindDeclarator(b, syntax.declaration as LocalDeclaration, declarator),
      ) ?? []
    const initializers = [
      ...declared.filter((value) => value !== undefined),
      ...syntax.initializers.map((value) => bindEffect(b, value)),
    ]
    const condition = syntax.condition && bindCondition(b, syntax.condition)
    const iterators = syntax.iterators.map((value) => bindEffect(b, value))
    const body = inLoop(b, () => bindEmbedded(b, syntax.body))
    return {
      kind: 'for',
      locals: scope.locals,
      initializers,
      condition,
      iterators,
      body,
      start: syntax.start,
      end: syntax.end,
    }
  })
}

export function bindForEach(b: Binder, syntax: ForEachStatement): BoundStatement {
  const source = bindValue(b, syntax.source)
  const element = source.type.kind === 'error' ? b.table.errorType : elementType(b, source, syntax.source)
  return b.inScope((scope) => {
    const temp = b.temp(element, syntax.variable)
    const variables = bindForEachVariable(b, syntax, temp)
    const body = inLoop(b, () => bindEmbedded(b, syntax.body))
    const bound: BoundForEach = {
      kind: 'foreach',
      source,
      locals: scope.locals,
      temp,
      assign: variables,
      body,
      start: syntax.start,
      end: syntax.end,
    }
    return bound
  })
}

/** What a foreach over this gives; an explicit type casts it. */
function elementType(b: Binder, source: BoundExpression, span: Span): Type {
  const { type } = source
  const isNull = type.kind === 'null' || (source.kind === 'constant' && source.value === null)
  if (isNull) return b.fail('CS0186', span, 'Use of null is not valid in this context').type
  if (type.kind === 'array') return type.element
  if (isString(type)) return b.table.special.char
  const [found] = lookupMembers(b, type, 'GetEnumerator').filter(({ member }) => member.parameters.length === 0)
  const generic = asGeneric(b.table, type, 'System.Collections.Generic.IEnumerable')
  // A JObject is two sequences; its own GetEnumerator says which of them foreach sees.
  const [current] = found ? lookupMembers(b, memberType(b, found), 'Current') : []
  if (current) return memberType(b, current)
  if (generic) return generic.arguments[0] ?? b.table.errorType
  const isSequence = interfacesOf(b.table, type).some((own) => isNamed(own, 'System.Collections.IEnumerable'))
  if (isSequence) return b.table.special.object
  const message = `foreach statement cannot operate on variables of type '${b.show(type)}' because '${b.show(type)}' does not contain a public definition for 'GetEnumerator'`
  return b.fail('CS1579', span, message).type
}

function bindForEachVariable(b: Binder, syntax: ForEachStatement, temp: BoundLocal): BoundExpression[] {
  const { variable } = syntax
  const effects: BoundExpression[] = []
  if (variable.kind === 'tuple' || variable.designation.kind !== 'single-designation') {
    spread(b, variable, temp, effects)
    return effects
  }
  const { designation } = variable
  const type = isVar(b, variable.type) ? temp.type : resolveType(b, variable.type)
  const local = b.declare(designation.name, type, designation)
  local.readOnly = 'foreach iteration variable'
  // An element that cannot be cast is told of where the statement begins.
  effects.push(assign(b.function.reference(local, designation), convertExplicit(b, temp, type, syntax), designation))
  return effects
}
