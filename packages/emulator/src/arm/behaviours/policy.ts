import { policyPlace } from '@apim-kit/core'
import type { PolicyDocument } from '../../emulator-context.js'
import { policyError, notSupported } from '../arm-error.js'
import type { Behaviour } from '../behaviour.js'
import { policyText } from '../policy-text.js'

export const policyBehaviour: Behaviour = {
  check: ({ kind, properties }, { checkPolicy }) => {
    const { value, format } = properties as { value: string; format: string }
    if (format !== 'xml' && format !== 'rawxml') throw notSupported(`policy format '${format}'`)
    const errors = checkPolicy({ text: value, format }, policyPlace(kind)).filter(
      ({ severity }) => severity === 'error',
    )
    if (errors.length > 0) throw policyError(errors)
    return []
  },
  show: (_shown, query, { properties }) => {
    const { value, format } = properties as { value: string; format: PolicyDocument['format'] }
    const asked = query.get('format')?.toLowerCase() === 'rawxml' ? 'rawxml' : 'xml'
    return { format: asked, value: policyText({ text: value, format }, asked) }
  },
}
