import { expect, test } from 'vitest'
import type { AnyPolicyBuilder } from '../src/define-policy.js'
import type { Element } from '../src/element.js'
import { policies, policyBuilders } from '../src/index.js'
import { loadXmlBuilder } from '../src/load-xmlbuilder.js'
import { camelCase } from '../src/names.js'
import { writeXml } from '../src/write-xml.js'
import { schemaFaults } from './schemas.js'

// Every example of every policy, as Microsoft's own schemas see it.

/** What the schemas do not know, though documentation or toolkit do: part of libxml2's message, and why. */
const gaps: Readonly<Record<string, readonly [message: string, why: string]>> = {
  'cache-value': ['No matching global element', 'only the policy toolkit knows the policy'],
  'send-service-bus-message': ['No matching global element', 'the policy is newer than the schemas'],
  'xsl-transform': ['No matching global element', 'the schemas leave the policy out'],
}

type Untyped = ((input?: unknown) => Element) & Pick<AnyPolicyBuilder, 'definition'>

/** The document of an example: the policy in its first section, or the policy itself where it is the whole document. */
function documentOf(builder: Untyped, input: unknown): string {
  const { sections } = builder.definition.description
  const policy = builder(input)
  const [section] = sections
  if (section === undefined) return writeXml([policy], loadXmlBuilder())
  return policies({ [camelCase(section)]: [policy] }).toXml()
}

const examples = Object.entries(policyBuilders).flatMap(([name, builder]) => {
  // The builders' own inputs are of as many types as there are policies.
  const untyped = builder as unknown as Untyped
  return untyped.definition.description.examples.map(
    ({ input }, index) => [name, `${name} ${index}`, documentOf(untyped, input)] as const,
  )
})

test('the examples are valid by the schemas, but for what they do not know', async () => {
  const faults = await schemaFaults(Object.fromEntries(examples.map(([, key, xml]) => [key, xml])))
  const unexpected = examples.flatMap(([name, key]) =>
    (faults.get(key) ?? [])
      .filter((message) => !message.includes(gaps[name]?.[0] ?? '\0'))
      .map((each) => `${key}: ${each}`),
  )
  expect(unexpected).toEqual([])
  // A gap that is closed has to leave the list.
  const met = new Set(examples.filter(([, key]) => faults.has(key)).map(([name]) => name))
  expect([...met].toSorted()).toEqual(Object.keys(gaps))
})

test('the schemas find what is wrong', async () => {
  const wrong = '<policies><inbound><set-status code="200" /><set-header /></inbound></policies>'
  const faults = await schemaFaults({ wrong, right: policies().toXml() })
  expect([...faults.keys()]).toEqual(['wrong'])
  expect(faults.get('wrong')?.join()).toContain("The attribute 'name' is required")
})
