export { deployTo, type Deployment } from './deploy-to.js'
export { resolveTarget, type Target, type TargetOptions } from './target.js'
export { fromEnvironment, fromKeyVault, fromValue } from './secrets.js'
export { assertDeployed, needSignIn, problemsOf } from './outcome.js'
export type {
  Action,
  ApplyEvent,
  ApplyOptions,
  ApplyResult,
  Change,
  ChangeResult,
  ConnectionStatus,
  Engine,
  Outcome,
  Plan,
} from './result.js'
export { changeTitle, formatDrift, formatPlan, formatSummary, type Paint, type PlanStyle } from './format.js'
export type { SignInOptions } from './sign-in.js'
export { exportStack, type ExportedFile, type ExportOptions } from './export/export-stack.js'
export type { PartLimits } from './export/parts.js'
export type { PlanOptions } from './plan.js'
export type { RequestOptions } from './sdk.js'
export type { ServiceError, ServiceErrorDetail } from './errors.js'
