import { declareDelegate, type TypeDeclaration } from './declare.js'

/** Action and Func with up to eight parameters. */
function actionsAndFunctions(): TypeDeclaration[] {
  const declarations: TypeDeclaration[] = [declareDelegate('System.Func<out TResult>', 'TResult Invoke()')]
  for (let count = 1; count <= 8; count++) {
    const names = Array.from({ length: count }, (_, index) => (count === 1 ? 'T' : `T${index + 1}`))
    const parameters = (only: string): string =>
      names.map((name, index) => `${name} ${count === 1 ? only : `arg${index + 1}`}`).join(', ')
    const list = names.map((name) => `in ${name}`).join(', ')
    declarations.push(declareDelegate(`System.Action<${list}>`, `void Invoke(${parameters('obj')})`))
    declarations.push(declareDelegate(`System.Func<${list}, out TResult>`, `TResult Invoke(${parameters('arg')})`))
  }
  return declarations
}

/** The delegates that lambdas become. */
export const DELEGATES: readonly TypeDeclaration[] = [
  declareDelegate('System.Action', 'void Invoke()'),
  ...actionsAndFunctions(),
  declareDelegate('System.Predicate<in T>', 'bool Invoke(T obj)'),
  declareDelegate('System.Comparison<in T>', 'int Invoke(T x, T y)'),
  declareDelegate('System.Converter<in TInput, out TOutput>', 'TOutput Invoke(TInput input)'),
]
