import { isPolicyContent } from '@apim-kit/core'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { emulatorSettings } from '../../../examples/credential-manager/settings.js'
import { createStack } from '../../../examples/credential-manager/stack.js'
import type { AnyPolicyBuilder } from '../src/define-policy.js'
import type { Element } from '../src/element.js'
import { check, policies, policyBuilders, read, type PolicyDocument } from '../src/index.js'
import { loadXmlBuilder } from '../src/load-xmlbuilder.js'
import { camelCase } from '../src/names.js'
import { writeXml } from '../src/write-xml.js'
import { ownCorpus } from './corpus.js'
import { generatedDocuments } from './generated-documents.js'
import { recipeDocuments } from './recipe-documents.js'
import { schemaFaults } from './schemas.js'

// What the tests write, as Microsoft's own schemas see it.

/** What the schemas do not know, or refuse, though it is right: part of libxml2's message, and why. */
const gaps: Readonly<Record<string, string>> = {
  "Element 'cache-value': No matching global element": 'only the policy toolkit knows the policy',
  "Element 'send-service-bus-message': No matching global element": 'the policy is newer than the schemas',
  "Element 'xsl-transform': No matching global element": 'the schemas leave the policy out',
}

type Documents = readonly (readonly [name: string, xml: string])[]

type Untyped = ((input?: unknown) => Element) & Pick<AnyPolicyBuilder, 'definition'>

/** Every example of every policy: in its first section, or by itself where it has none. */
function policyExamples(): Documents {
  // The builders' own inputs are of as many types as there are policies.
  const builders = Object.values(policyBuilders) as unknown as readonly Untyped[]
  return builders.flatMap((builder) => {
    const { sections, examples } = builder.definition.description
    return examples.map(({ input, xml }) => {
      const policy = builder(input)
      const [section] = sections
      return [
        xml,
        section === undefined
          ? writeXml([policy], loadXmlBuilder())
          : policies({ [camelCase(section)]: [policy] }).toXml(),
      ]
    })
  })
}

/** The policies of the example application. */
const application = (): Documents =>
  createStack(emulatorSettings).resources.flatMap((resource) =>
    Object.values(resource.properties).flatMap((value) =>
      isPolicyContent(value) ? [[`${resource.kind} ${resource.name}`, value.toXml()] as const] : [],
    ),
  )

/** What was read of the corpus and has no error, written again. A fragment has no schema of its own; its policies do. */
const rewritten = (): Documents =>
  ownCorpus().flatMap(({ name, text }) => {
    const { document, problems } = read(text)
    return document === undefined || [...problems, ...check(document)].some(({ severity }) => severity === 'error')
      ? []
      : [[name, inSections(document)] as const]
  })

const inSections = (document: PolicyDocument): string =>
  document.root.name === 'fragment'
    ? `<policies><inbound>${document.toXml().replace(/<\/?fragment[^>]*>/g, '')}</inbound></policies>`
    : document.toXml()

const generated = (): Documents =>
  fc.sample(generatedDocuments, { numRuns: 100, seed: 7 }).map((document, index) => [`${index}`, document.toXml()])

const groups: Readonly<Record<string, readonly [atLeast: number, () => Documents]>> = {
  'examples of policies': [80, policyExamples],
  'documents of recipes': [3, () => recipeDocuments.map(([name, document]) => [name, document.toXml()])],
  'policies of the example application': [5, application],
  'documents of the corpus': [20, rewritten],
  'generated documents': [100, generated],
}

const written = new Map<string, Documents>()
let faults = new Map<string, string[]>()

// All at once: to load the schemas takes longer than to hold a thousand documents against them.
beforeAll(async () => {
  for (const [group, [, make]] of Object.entries(groups)) written.set(group, make())
  const all = [...written].flatMap(([group, documents]) =>
    documents.map(([name, xml]) => [`${group}: ${name}`, xml] as const),
  )
  faults = await schemaFaults(Object.fromEntries(all))
})

const isGap = (message: string): boolean => Object.keys(gaps).some((gap) => message.includes(gap))

test.each(Object.entries(groups))('%s are valid by the schemas, but for what these do not know', (group, [atLeast]) => {
  expect(written.get(group)?.length).toBeGreaterThanOrEqual(atLeast)
  const unexpected = [...faults].filter(([key]) => key.startsWith(`${group}: `))
  expect(
    unexpected.flatMap(([key, found]) => found.filter((each) => !isGap(each)).map((each) => `${key}: ${each}`)),
  ).toEqual([])
})

test('a gap that is closed has to leave the list', () => {
  const messages = [...faults.values()].flat()
  for (const gap of Object.keys(gaps)) expect(messages.filter((message) => message.includes(gap))).not.toEqual([])
})

test('the schemas find what is wrong', async () => {
  const wrong = '<policies><inbound><set-status code="200" /><set-header /></inbound></policies>'
  const found = await schemaFaults({ wrong, right: policies().toXml() })
  expect([...found.keys()]).toEqual(['wrong'])
  expect(found.get('wrong')?.join()).toContain("The attribute 'name' is required")
})
