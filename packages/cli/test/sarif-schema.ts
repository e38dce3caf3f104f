import { readFileSync } from 'node:fs'
import { Ajv, type AnySchemaObject } from 'ajv'

/**
 * What the schema of SARIF 2.1.0 (OASIS, as @microsoft/jest-sarif 1.0.0-beta.0 has it, MIT licence) says against a log. The schema is
 * one of draft 4 and uses nothing of it that later drafts read in another way, its own id aside.
 */
export function validateSarif(log: unknown): string[] {
  const text = readFileSync(new URL('sarif-2.1.0.schema.json', import.meta.url), 'utf8')
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(text) as AnySchemaObject
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    // One of its patterns has a bracket too many, which only the older reading of regular expressions lets through.
    unicodeRegExp: false,
    formats: {
      uri: (value) => URL.canParse(value),
      'uri-reference': (value) => URL.canParse(value, 'file:///') && !/[\s"<>\\^`{|}]/.test(value),
      'date-time': (value) => !Number.isNaN(Date.parse(value)),
    },
  })
  const validate = ajv.compile(schema)
  return validate(log) === true
    ? []
    : (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`)
}
