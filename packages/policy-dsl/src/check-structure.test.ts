import { describe, expect, test } from 'vitest'
import { checkStructure } from './check-structure.js'
import { definePolicy } from './define-policy.js'
import { number, oneOf, text } from './fields.js'
import {
  base,
  cacheLookup,
  cacheLookupValue,
  check,
  choose,
  fragment,
  includeFragment,
  markup,
  policies,
  setHeader,
  setVariable,
  type Policy,
} from './index.js'
import { everyGateway, everyScope, everySection } from './places.js'
import { parseDocument } from './parse-document.js'
import { child, foreign, listOf } from './shape.js'

const places = { sections: everySection, scopes: everyScope, gateways: everyGateway, examples: [] } as const

const found = (...inbound: Policy<'inbound'>[]): string[] =>
  check(policies({ inbound: [base(), ...inbound] }), { scope: 'global' }).map(
    ({ rule, severity, path }) => `${severity} ${rule} ${path}`,
  )

describe('what only one source knows is a warning', () => {
  const disputed = definePolicy('disputed', {
    ...places,
    onlyIn: 'the policy toolkit',
    sectionsOnlyIn: { inbound: 'the policy toolkit' },
    attributes: {
      kind: oneOf(['old', 'new'], { valuesOnlyIn: { old: "Microsoft's schemas" } }),
      factor: number(),
    },
    children: { extra: child({}, { onlyIn: 'the documentation' }), more: child({}) },
    order: 'free',
  })

  test('a policy, its section, a value, a child', () => {
    expect(found(disputed({ kind: 'new', factor: 0.5 }))).toEqual([
      'warning policy/disputed-policy inbound/disputed[1]',
      'warning policy/disputed-section inbound/disputed[1]',
    ])
    expect(found(disputed({ kind: 'old', extra: {} })).slice(2)).toEqual([
      'warning policy/disputed-value inbound/disputed[1]',
      'warning policy/disputed-child inbound/disputed[1]',
    ])
  })
})

describe('policies that hold policies', () => {
  const holder = definePolicy('holder', {
    ...places,
    policies: 'any',
    only: { choose: true, 'set-header': "Microsoft's schemas" },
    except: { choose: 'it would wait' },
  })

  test('may hold some only', () => {
    expect(found(holder({ policies: [setVariable({ name: 'a', value: 'b' })] }))).toEqual([
      'error policy/wrong-parent inbound/holder[1]/set-variable[1]',
    ])
    expect(found(holder({ policies: [setHeader({ name: 'a', value: 'b' })] }))).toEqual([
      'warning policy/disputed-child inbound/holder[1]/set-header[1]',
    ])
  })

  test('may be better off without some', () => {
    const inside = choose({ when: { condition: true, policies: [setVariable({ name: 'a', value: 'b' })] } })
    expect(found(holder({ policies: [inside] }))).toEqual(['warning policy/kept-out inbound/holder[1]/choose[1]'])
  })
})

test('a second policy of those that stand once in a section is a warning, beside branches', () => {
  const single = definePolicy('single', { ...places, once: 'section' })
  const branch = choose({ when: { condition: true, policies: [single()] }, otherwise: [single()] })
  expect(found(single(), branch)).toEqual([])
  expect(found(single(), single())).toEqual(['warning policy/policy-twice inbound/single[2]'])
})

test('markup of another language is kept as it stands, and made by its name only', () => {
  const transform = definePolicy('transform', {
    ...places,
    children: { style: foreign({ required: true, element: 'xsl:stylesheet' }) },
  })
  const sheet =
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:text> a </xsl:text></xsl:stylesheet>'
  const document = policies({ inbound: [transform({ style: markup(sheet) })] })
  expect(document.toXml()).toContain('<xsl:text> a </xsl:text>')
  expect(document.equals(document.toXml())).toBe(true)
  expect(document.equals(document.toRawXml())).toBe(true)
  expect(() => transform({ style: sheet as never })).toThrow(/made by markup/)
  expect(() => transform({ style: markup('<a />') })).toThrow(/style: expected xsl:stylesheet/)
  expect(() => markup('<a /><b />')).toThrow(/not one element/)
})

test('a list may be empty for one source, and hold what can only be read', () => {
  const keys = definePolicy('keys', {
    ...places,
    children: {
      keys: listOf(
        'key',
        { text: text() },
        {
          itemRequiredOnlyBy: 'the documentation',
          others: { oldKey: child({ text: text() }, { onlyIn: "Microsoft's schemas" }) },
        },
      ),
    },
  })
  const { shape } = keys.definition
  const rulesOf = (xml: string): string[] => {
    const { root } = parseDocument(`<fragment>${xml}</fragment>`, 'xml')
    const problems = checkStructure(root ?? keys(), () => ({ ...keys.definition, shape }), {})
    return problems.map(({ rule, severity }) => `${severity} ${rule}`)
  }
  expect(rulesOf('<keys><keys><key>a</key></keys></keys>')).toEqual([])
  expect(rulesOf('<keys><keys /></keys>')).toEqual(['warning policy/missing-child'])
  expect(rulesOf('<keys><keys><old-key>a</old-key><key>a</key></keys></keys>')).toEqual([
    'warning policy/disputed-child',
  ])
  expect(rulesOf('<keys><keys><key>a</key><other /></keys></keys>')).toEqual(['error policy/unknown-child'])
})

test('what may stand in no fragment is told there only', () => {
  const lookup = cacheLookup({ varyByDeveloper: false, varyByDeveloperGroups: false })
  expect(found(lookup)).toEqual(['warning policy/unpaired-policy inbound/cache-lookup[1]'])
  const inside = choose({ when: { condition: true, policies: [lookup, includeFragment({ fragmentId: 'a' })] } })
  expect(check(fragment([inside])).map(({ rule, severity, path }) => `${severity} ${rule} ${path}`)).toEqual([
    'warning policy/not-in-fragment choose[1]/when[1]/cache-lookup[1]',
    'error policy/not-in-fragment choose[1]/when[1]/include-fragment[1]',
  ])
})

test('a value that a gateway cannot do is a warning there', () => {
  const document = policies({
    inbound: [base(), cacheLookupValue({ key: 'k', variableName: 'v', cachingType: 'internal' })],
  })
  expect(check(document, { tier: 'basicv2' })).toEqual([])
  expect(check(document, { tier: 'consumption' })).toMatchObject([
    {
      rule: 'policy/wrong-gateway',
      severity: 'warning',
      message:
        'cache-lookup-value with caching-type="internal" does not run on the consumption gateway; it does on classic, v2, workspace',
    },
  ])
})
