import { csharpCode, type ExprValue } from './expression/csharp-literal.js'
import type { Context, ContextMethod } from './context-members.js'
import { WrittenExpression } from './written-expression.js'

/** What is called, by its name in C#; the compiler finds one that is missing here. */
const methods: Readonly<Record<ContextMethod, true>> = {
  As: true,
  AsFormUrlEncodedContent: true,
  AsJArray: true,
  AsJObject: true,
  AsJToken: true,
  ContainsKey: true,
  GetValueOrDefault: true,
  Item: true,
  ToString: true,
  ToUri: true,
}

/** The expression for a path, which is longer by a member for each property that is read of it. */
function memberPath(code: string, dot: '.' | '?.' = '.'): object {
  return new Proxy(new WrittenExpression(`@(${code})`), {
    get: (expression, name) => {
      if (name === 'orNull') return memberPath(code, '?.')
      // Members begin with a capital in C#; everything else is asked of the expression that this is.
      if (typeof name !== 'string' || !/^[A-Z]/.test(name)) return Reflect.get(expression, name) as unknown
      if (!Object.hasOwn(methods, name)) return memberPath(`${code}${dot}${name}`)
      return (...values: readonly ExprValue[]) => memberPath(call(code, dot, name, values))
    },
  })
}

function call(code: string, dot: '.' | '?.', method: string, values: readonly ExprValue[]): string {
  if (method === 'Item') return `${code}${dot === '?.' ? '?' : ''}[${values.map(csharpCode).join(', ')}]`
  // The first argument of `As` is a type; it becomes code, and untyped callers may pass anything.
  const [type] = values
  const generic = method === 'As' && typeof type === 'string' && /^[A-Za-z]+(\[\])?$/.test(type)
  const written = generic ? `${method}<${type}>` : method
  return `${code}${dot}${written}(${values
    .slice(generic ? 1 : 0)
    .map(csharpCode)
    .join(', ')})`
}

/**
 * The `context` of policy expressions, with the members that C# sees, under their names in C#. Every path along them is an expression: it
 * may stand wherever one may, and inside of `expr`. So a misspelt member does not compile, and the editor lists what there is.
 *
 * Arguments of methods become C# literals, as in `expr`. `orNull` asks on only where there is something: it becomes `?.`. What a
 * member of .NET's own types is asked stands behind it as C#: `${context.Request.Url.Path}.Length`.
 *
 * @example
 * setHeader({ name: 'X-Caller', value: context.Request.IpAddress })
 * @example
 * expr`${context.Request.Headers.GetValueOrDefault('Authorization', '')}.AsJwt()?.Subject`
 * @example
 * expr`${context.User.orNull.Email} ?? "anonymous"` // (context.User?.Email) ?? "anonymous"
 */
export const context = /* @__PURE__ */ memberPath('context') as Context
