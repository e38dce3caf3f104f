import { ApimKitError, type Problem } from '@apim-kit/core'
import type { ServiceError } from './errors.js'
import type { ApplyResult, ConnectionStatus } from './result.js'

/**
 * What went wrong in an apply, as problems: changes that failed or were skipped, and connections that do not work though
 * nobody has to sign in to them. A connection that waits for a person is none of them.
 */
export function problemsOf(result: Pick<ApplyResult, 'results' | 'connections'>): Problem[] {
  return [
    ...result.results.flatMap(({ id, outcome, error }) =>
      error === undefined ? [] : [problem(`deploy/${outcome}`, id, error)],
    ),
    ...result.connections.flatMap(({ id, error, loginLink }) =>
      error === null || loginLink !== null ? [] : [problem('deploy/connection-error', id, error)],
    ),
  ]
}

/**
 * Throws where something went wrong. An apply itself resolves also when changes failed, since its result says which were done.
 *
 * @throws ApimKitError `deployment-failed`, with the problems of {@link problemsOf}
 * @example
 * assertDeployed(await deployment.apply(stack))
 */
export function assertDeployed(result: Pick<ApplyResult, 'results' | 'connections'>): void {
  const problems = problemsOf(result)
  if (problems.length > 0) throw ApimKitError.of('deployment-failed', 'the deployment is not complete:', problems)
}

/** The connections that wait for a person, each with the link where to sign in. */
export function needSignIn(connections: readonly ConnectionStatus[]): ConnectionStatus[] {
  return connections.filter(({ loginLink }) => loginLink !== null)
}

function problem(rule: string, path: string, { code, message, line, column }: ServiceError): Problem {
  return {
    rule,
    severity: 'error',
    path,
    message: `${code}: ${message}`,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
}
