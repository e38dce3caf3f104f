import { describe, expect, it } from 'vitest'
import { fragment, httpDataSource, policies, read, resolverPolicy, setHeader } from './index.js'

const header = setHeader({ name: 'X-Team', value: 'orders' })
const call = httpDataSource({ httpRequest: { setMethod: 'GET', setUrl: 'https://orders.example.com/orders' } })
const documents = {
  policies: policies(),
  fragment: fragment([header]),
  resolver: resolverPolicy(call),
}

describe('the document of a resolver', () => {
  it('is one data source', () => {
    const text = documents.resolver.toRawXml()
    expect(text).toMatch(/^<http-data-source>/)
    const again = read(text, { format: 'rawxml' })
    expect(again.problems).toEqual([])
    expect(again.document?.problems({ form: 'resolver' })).toEqual([])
    expect(documents.resolver.equals(text.replaceAll('\n', ''))).toBe(true)
  })

  it('is nothing else', () => {
    expect(() => resolverPolicy(header as never)).toThrow('expected a data source')
  })

  it('is checked by what is known of its data source', () => {
    const { document } = read('<http-data-source><http-request /></http-data-source>', { format: 'rawxml' })
    expect(document?.problems({ form: 'resolver' }).map(({ severity }) => severity)).toContain('error')
  })
})

describe.each(Object.entries(documents))('a document of the form %s', (form, document) => {
  it.each(['policies', 'fragment', 'resolver'] as const)('where one of the form %s belongs', (wanted) => {
    const errors = document.problems({ form: wanted }).filter(({ severity }) => severity === 'error')
    expect(errors.map(({ rule }) => rule)).toEqual(form === wanted ? [] : ['policy/root'])
  })
})
