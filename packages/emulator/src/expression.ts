/** Runs policy expressions as .NET does, without a gateway: `@apim-kit/emulator/expression`. */
export {
  compileExpression,
  contextFromJson,
  DotNetException,
  evaluateBatch,
  evaluateExpression,
  type BatchEntry,
  type ClrValue,
  type CompiledExpression,
  type CompileOptions,
  type EvaluationError,
  type EvaluationResult,
  type ResultType,
  type Runtime,
} from './expression/index.js'
