import type { Identifier, TypeConstraint, TypeSyntax } from '../syntax.js'
import type { Cursor } from './cursor.js'
import { parseType } from './types.js'

/** `<T, U>` of a declaration. */
export function parseTypeParameters(cursor: Cursor): Identifier[] {
  const names: Identifier[] = []
  if (!cursor.accept('<')) return names
  do names.push(cursor.identifier())
  while (cursor.accept(','))
  cursor.expect('>')
  return names
}

/** `where T : class, new() where U : IComparable<U>`. */
export function parseConstraints(cursor: Cursor): TypeConstraint[] {
  const constraints: TypeConstraint[] = []
  for (let where = cursor.acceptWord('where'); where; where = cursor.acceptWord('where')) {
    const parameter = cursor.identifier()
    cursor.expect(':')
    const types: TypeSyntax[] = []
    const special: ('class' | 'struct' | 'new')[] = []
    do {
      if (cursor.is('class') || cursor.is('struct')) special.push(cursor.next().kind === 'class' ? 'class' : 'struct')
      else if (cursor.accept('new')) {
        cursor.expect('(')
        cursor.expect(')')
        special.push('new')
      } else types.push(parseType(cursor))
    } while (cursor.accept(','))
    constraints.push({ parameter, types, special, start: where.start, end: cursor.lastEnd })
  }
  return constraints
}
