import { Reporter } from './reporter.js'

const reporter = new Reporter()
const subject = { element: {}, path: '' }

reporter.error('unknown-policy', subject, '')
reporter.warning('missing-base', subject, '')

// One that depends on what was met is either.
reporter.error('wrong-gateway', subject, '')
reporter.warning('wrong-gateway', subject, '')

// @ts-expect-error there is no such rule
reporter.error('unknown-policies', subject, '')

// @ts-expect-error its description says that it is a warning
reporter.error('missing-base', subject, '')

// @ts-expect-error its description says that it is an error
reporter.warning('unknown-policy', subject, '')
