import { ApimKitError, suggestion, type Problem } from '@apim-kit/core'
import { messages } from './messages.js'

/**
 * Refuses what an option cannot be. Untyped code may misspell a tier, and nothing would be checked for it; or a format, and the text
 * would be read as another one.
 *
 * @param asked - the function that was called
 * @param known - the values that there are, by option; an option that is left out may be left out
 * @throws ApimKitError `invalid-input`
 * @example refuseOtherValues('read', options, { format: ['auto', 'xml', 'rawxml'] })
 */
export function refuseOtherValues(
  asked: string,
  options: object,
  known: Readonly<Record<string, readonly string[]>>,
): void {
  const given: Readonly<Record<string, unknown>> = { ...options }
  const problems = Object.entries(known).flatMap(([name, values]): Problem[] => {
    const value = given[name]
    if (value === undefined || (typeof value === 'string' && values.includes(value))) return []
    const wanted = values.map((text) => `"${text}"`).join(' or ')
    const message = messages.expected(wanted, value) + (typeof value === 'string' ? suggestion(value, values) : '')
    return [{ rule: 'input/invalid', severity: 'error', path: name, message }]
  })
  if (problems.length > 0) throw ApimKitError.of('invalid-input', `the options of ${asked} are not valid:`, problems)
}
