import type { Span } from '../position.js'
import type {
  Expression,
  FromClause,
  GroupClause,
  Identifier,
  JoinClause,
  Lambda,
  Query,
  QueryBody,
  QueryClause,
  RangeVariable,
  SelectClause,
  TypeSyntax,
} from '../syntax.js'
import type { Binder } from './binder.js'
import { bindExpression } from './expressions.js'
import type { Operand } from './operand.js'

/**
 * A query is another way to write calls: C# specification, "Query expression translation". More than one range variable travels as an
 * anonymous object, and each variable is a path into it.
 */
export function bindQuery(b: Binder, query: Query): Operand {
  const source = typed(query.from.source, query.from.type, query.from)
  return bindExpression(b, translate(source, [{ name: query.from.name, path: [] }], query.body))
}

type Variables = readonly RangeVariable[]

function translate(source: Expression, variables: Variables, body: QueryBody): Expression {
  let state: State = { source, variables }
  for (const clause of body.clauses) state = translateClause(state, clause)
  const result = translateResult(state, body.result, body.clauses.length > 0)
  if (!body.continuation) return result
  return translate(result, [{ name: body.continuation.name, path: [] }], body.continuation.body)
}

interface State {
  readonly source: Expression
  readonly variables: Variables
}

function translateClause({ source, variables }: State, clause: QueryClause): State {
  switch (clause.kind) {
    case 'where':
      return { source: call(source, 'Where', clause, lambda(variables, clause.condition)), variables }
    case 'orderby':
      return { source: orderBy(source, variables, clause), variables }
    case 'let': {
      const both = pack(variables, clause.name, clause.value)
      return { source: call(source, 'Select', clause, lambda(variables, both.object)), variables: both.variables }
    }
    case 'from':
      return selectMany(source, variables, clause)
    case 'join':
      return join(source, variables, clause)
  }
}

function orderBy(source: Expression, variables: Variables, clause: QueryClause & { kind: 'orderby' }): Expression {
  return clause.orderings.reduce((ordered, { key, descending }, index) => {
    const method = (index === 0 ? 'OrderBy' : 'ThenBy') + (descending ? 'Descending' : '')
    return call(ordered, method, clause, lambda(variables, key))
  }, source)
}

function selectMany(source: Expression, variables: Variables, clause: FromClause): State {
  const both = pack(variables, clause.name, nameOf(clause.name))
  const collection = lambda(variables, typed(clause.source, clause.type, clause))
  const result = lambda(variables, both.object, clause.name)
  return { source: call(source, 'SelectMany', clause, collection, result), variables: both.variables }
}

function join(source: Expression, variables: Variables, clause: JoinClause): State {
  const inner = typed(clause.source, clause.type, clause)
  const own: Variables = [{ name: clause.name, path: [] }]
  const joined = clause.into ?? clause.name
  const both = pack(variables, joined, nameOf(joined))
  const method = clause.into ? 'GroupJoin' : 'Join'
  const result = lambda(variables, both.object, joined)
  const keys = [lambda(variables, clause.left), lambda(own, clause.right)]
  return { source: call(source, method, clause, inner, ...keys, result), variables: both.variables }
}

function translateResult(
  { source, variables }: State,
  result: SelectClause | GroupClause,
  hasClauses: boolean,
): Expression {
  const [only] = variables
  const isVariable = variables.length === 1 && result.value.kind === 'name' && result.value.name === only?.name.name
  if (result.kind === 'select') {
    return isVariable && hasClauses ? source : call(source, 'Select', result, lambda(variables, result.value))
  }
  const key = lambda(variables, result.by)
  return isVariable
    ? call(source, 'GroupBy', result, key)
    : call(source, 'GroupBy', result, key, lambda(variables, result.value))
}

/** `from T x in …` casts. */
function typed(source: Expression, type: TypeSyntax | undefined, span: Span): Expression {
  if (type === undefined) return source
  const { start, end } = span
  const target: Expression = {
    kind: 'member',
    target: source,
    name: { name: 'Cast', start, end },
    typeArguments: [type],
    start,
    end,
  }
  return { kind: 'call', target, arguments: [], start, end }
}

const nameOf = (name: Identifier): Expression => ({ kind: 'name', typeArguments: [], ...name })

function call(source: Expression, method: string, span: Span, ...values: readonly Expression[]): Expression {
  const { start, end } = span
  const target: Expression = {
    kind: 'member',
    target: source,
    name: { name: method, start, end },
    typeArguments: [],
    start,
    end,
  }
  const args = values.map((value) => ({
    name: undefined,
    mode: 'value' as const,
    value,
    start: value.start,
    end: value.end,
  }))
  return { kind: 'call', target, arguments: args, start, end }
}

/** What carries several variables; no name of a program can be like it. */
const PACK = '<>pack'

/** The variables so far and one more, as one object. */
function pack(
  variables: Variables,
  name: Identifier,
  value: Expression,
): { readonly object: Expression; readonly variables: Variables } {
  const { start, end } = name
  const packed = isSingle(variables)
  const so = packed ? variables[0].name : { name: PACK, start, end }
  const members = [
    { name: so, value: nameOf(so), start, end },
    { name, value, start, end },
  ]
  const moved = variables.map((variable) => ({ name: variable.name, path: [so.name, ...variable.path] }))
  return { object: { kind: 'new-anonymous', members, start, end }, variables: [...moved, { name, path: [name.name] }] }
}

const isSingle = (variables: Variables): variables is readonly [RangeVariable] =>
  variables.length === 1 && variables[0]?.path.length === 0

function lambda(variables: Variables, body: Expression, second?: Identifier): Lambda {
  const { start, end } = body
  const single = isSingle(variables)
  const names = [single ? variables[0].name : { name: PACK, start, end }, ...(second ? [second] : [])]
  const parameters = names.map((name) => ({
    name,
    type: undefined,
    mode: 'value' as const,
    defaultValue: undefined,
    start: name.start,
    end: name.end,
  }))
  return { kind: 'lambda', parameters, body, arrow: { start, end }, ranges: single ? [] : variables, start, end }
}
