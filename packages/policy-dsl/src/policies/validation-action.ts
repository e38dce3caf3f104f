import { oneOf } from '../fields.js'

/** What happens to a message that does not fit: `ignore` skips the check, `detect` records the fault, `prevent` answers with an error. */
export const validationAction = oneOf(['ignore', 'prevent', 'detect'], { required: true })
