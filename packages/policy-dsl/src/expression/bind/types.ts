import type { NamedType as NamedTypeSyntax, TypeSyntax } from '../syntax.js'
import type { Type, TypeDefinition } from '../types/type.js'
import type { Binder } from './binder.js'
import { isReferenceType } from './relations.js'
import { tupleOf } from './tuples.js'

/**
 * What a type in an expression means. Wrong ones are reported and give an error type.
 * @param unbound whether its arguments may be left out, as in `typeof(List<>)`
 */
export function resolveType(b: Binder, syntax: TypeSyntax, unbound = false): Type {
  switch (syntax.kind) {
    case 'predefined-type':
      return b.table.special[syntax.name]
    case 'array-type':
      return b.table.array(resolveType(b, syntax.element), syntax.rank)
    case 'nullable-type':
      return resolveNullable(b, syntax)
    case 'tuple-type':
      return resolveTuple(b, syntax)
    case 'ref-type':
      return resolveType(b, syntax.element)
    case 'named-type':
      return resolveNamed(b, syntax, unbound)
  }
}

function resolveTuple(b: Binder, { elements }: TypeSyntax & { kind: 'tuple-type' }): Type {
  const type = tupleOf(
    b,
    elements.map((element) => resolveType(b, element.type)),
  )
  b.nameTuple(
    type,
    elements.map((element) => element.name?.name),
  )
  return type
}

function resolveNullable(b: Binder, syntax: TypeSyntax & { kind: 'nullable-type' }): Type {
  const element = resolveType(b, syntax.element)
  if (element.kind === 'error') return element
  if (!isReferenceType(element)) return b.table.nullable(element)
  const message = `The type '${b.show(element)}' must be a non-nullable value type in order to use it as parameter 'T' in the generic type or method 'Nullable<T>'`
  return b.fail('CS0453', syntax, message).type
}

function resolveNamed(b: Binder, syntax: NamedTypeSyntax, unbound: boolean): Type {
  const [first] = syntax.parts
  if (first === undefined) return b.table.errorType
  const args = syntax.parts.flatMap((part) => part.arguments).map((argument) => resolveType(b, argument))
  const omitted = syntax.parts.reduce((count, part) => count + (part.omitted ?? 0), 0)
  const parameter = b.typeParameters.get(first.name)
  if (parameter && syntax.parts.length === 1) return parameter
  const definition = findDefinition(b, syntax, args.length + omitted)
  if (definition === undefined) return { kind: 'error', id: writtenName(b, first, args) }
  if (omitted > 0 && !unbound) return b.fail('CS7003', syntax, 'Unexpected use of an unbound generic name').type
  return b.table.construct(definition, omitted > 0 ? definition.typeParameters : args)
}

function writtenName(b: Binder, { name }: { readonly name: string }, args: readonly Type[]): string {
  return args.length === 0 ? name : `${name}<${args.map((argument) => b.show(argument)).join(', ')}>`
}

/** Reports when a name means more than one type. */
export function onlyOne(
  b: Binder,
  found: readonly TypeDefinition[],
  name: string,
  span: NamedTypeSyntax['parts'][number] | { start: number; end: number },
): TypeDefinition | undefined {
  const [first, second] = found
  if (first && second) {
    b.report('CS0104', span, `'${name}' is an ambiguous reference between '${first.name}' and '${second.name}'`)
  }
  return first
}

function findDefinition(b: Binder, syntax: NamedTypeSyntax, arity: number): TypeDefinition | undefined {
  const { parts } = syntax
  const path = parts.map((part) => part.name).join('.')
  const [first] = parts
  if (first && parts.length === 1) {
    const found = onlyOne(b, b.table.findImported(first.name, arity), first.name, syntax)
    if (found === undefined) reportUnknown(b, syntax, first.name, arity)
    return found
  }
  const nested = b.table.findImported(path, arity)[0]
  const found = b.table.find(path, arity) ?? nested
  if (found === undefined) reportMissingInNamespace(b, syntax, path)
  return found
}

function reportUnknown(b: Binder, syntax: NamedTypeSyntax, name: string, arity: number): void {
  if (name === 'dynamic') {
    // C# knows it; the service refuses every use of it, and so do we.
    b.report('APIM0006', syntax, 'Dynamic member invocation is not supported')
    return
  }
  const other = [0, 1, 2, 3].flatMap((count) => b.table.findImported(name, count))[0]
  if (other && other.typeParameters.length > 0) {
    const shown = `${other.simpleName}<${other.typeParameters.map((parameter) => parameter.name).join(', ')}>`
    b.report(
      'CS0305',
      syntax,
      `Using the generic type '${shown}' requires ${other.typeParameters.length} type arguments`,
    )
  } else if (other && arity > 0)
    b.report('CS0308', syntax, `The non-generic type '${name}' cannot be used with type arguments`)
  else {
    const shown = arity === 0 ? name : `${name}<${','.repeat(arity - 1)}>`
    const message = `The type or namespace name '${shown}' could not be found (are you missing a using directive or an assembly reference?)`
    if (b.scope.lookup(name)) b.report('CS0118', syntax, `'${name}' is a variable but is used like a type`)
    else if (name === 'var') b.report('CS0825', syntax, MISPLACED_VAR)
    else b.report('CS0246', syntax, message)
  }
}

const MISPLACED_VAR =
  "The contextual keyword 'var' may only appear within a local variable declaration or in script code"

function reportMissingInNamespace(b: Binder, syntax: NamedTypeSyntax, path: string): void {
  const [first] = syntax.parts
  let namespace = ''
  for (const part of syntax.parts) {
    const next = namespace === '' ? part.name : `${namespace}.${part.name}`
    if (b.table.isNamespace(next)) namespace = next
    else break
  }
  if (namespace === '' && first) {
    const message = `The type or namespace name '${first.name}' could not be found (are you missing a using directive or an assembly reference?)`
    b.report('CS0246', syntax, message)
    return
  }
  const at = namespace === '' ? 0 : namespace.split('.').length
  const missing = path.slice(namespace.length + 1).split('.')[0] ?? ''
  const message = `The type or namespace name '${missing}' does not exist in the namespace '${namespace}' (are you missing an assembly reference?)`
  b.report('CS0234', syntax.parts[at] ?? syntax, message)
}

/** `var`, when no type of that name is in sight. */
export function isVar(b: Binder, syntax: TypeSyntax): boolean {
  if (syntax.kind !== 'named-type' || syntax.parts.length !== 1) return false
  return (
    syntax.parts[0]?.name === 'var' &&
    syntax.parts[0].arguments.length === 0 &&
    b.table.findImported('var', 0).length === 0
  )
}
