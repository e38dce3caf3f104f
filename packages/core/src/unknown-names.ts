import { ApimKitError } from './errors.js'
import { expectObject } from './expected.js'
import { suggestion, type Problem } from './problems.js'

/**
 * Refuses options that do not exist. A misspelt one would be as if it were not given: a deployment without its `endpoint`, for
 * example, goes to Azure.
 *
 * @param subject - what takes the options, for the message: `deployTo`
 * @param known - every option there is; `true` only for the sake of a type that misses none
 * @throws ApimKitError `invalid-input`
 * @example refuseUnknown('deployTo', options, { endpoint: true } satisfies Record<keyof Options, true>)
 */
export function refuseUnknown(subject: string, options: object, known: Readonly<Record<string, true>>): void {
  expectObject(`the options of ${subject}`, options, `{ ${Object.keys(known).join(', ')} }, or leave them out`)
  const problems = Object.keys(options)
    .filter((name) => !Object.hasOwn(known, name))
    .map((name): Problem => ({
      rule: 'input/unknown-field',
      severity: 'error',
      path: name,
      message: `there is no such option${suggestion(name, Object.keys(known))}`,
    }))
  if (problems.length > 0) throw ApimKitError.of('invalid-input', `the options of ${subject} are not valid:`, problems)
}
