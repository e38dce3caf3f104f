import { describe, expect, it } from 'vitest'
import { document, TestConfiguration, type TestDeployment } from '../../test/test-gateway.js'
import { CompiledConfiguration } from './compiled-configuration.js'
import { MessageUrl } from '../expression/index.js'

/** Deploys one thing after the other and gives the first inbound step of `GET /shop` after each. */
function firstSteps(...deployments: readonly TestDeployment[]) {
  const source = new TestConfiguration()
  let compiled: CompiledConfiguration | undefined
  return deployments.map((deployment) => {
    source.deploy(deployment)
    compiled = new CompiledConfiguration(source, compiled)
    const url = MessageUrl.parse('https://contoso.azure-api.net/shop')
    return compiled.match('GET', url)?.operation.pipeline.inbound[0]
  })
}

const shop = (inbound: string): NonNullable<TestDeployment['apis']> => ({
  shop: { operations: { 'GET /': document({ inbound }) } },
})
const name = '<set-header name="X-{{name}}"><value>x</value></set-header>'

describe('CompiledConfiguration', () => {
  it('compiles a document once, whatever else changes', () => {
    const apis = shop('<set-method>PUT</set-method>')
    const [first, second] = firstSteps(
      { apis },
      { apis: { ...apis, other: { operations: {} } }, namedValues: { a: 'b' } },
    )
    expect(first).toBeDefined()
    expect(second).toBe(first)
  })

  it('compiles a document anew when it, or a named value in it, has changed', () => {
    const [first, second, third, fourth] = firstSteps(
      { apis: shop(name), namedValues: { name: 'a' } },
      { apis: shop(name), namedValues: { name: 'b' } },
      { apis: shop(name), namedValues: { name: 'b', other: 'c' } },
      { apis: shop(`<trace source="s"><message>m</message></trace>${name}`), namedValues: { name: 'b', other: 'c' } },
    )
    expect(second).not.toBe(first)
    expect(third).toBe(second)
    expect(fourth?.place.policy).toBe('trace')
  })

  it('compiles a document anew when a named value that it lacked is there', () => {
    const [first, second] = firstSteps({ apis: shop(name) }, { apis: shop(name), namedValues: { name: 'a' } })
    expect(second).not.toBe(first)
  })

  it('leaves out revisions that are not current', () => {
    const { operations } = shop('<set-method>PUT</set-method>').shop ?? { operations: {} }
    expect(firstSteps({ apis: { shop: { operations } } })).not.toEqual([undefined])
    expect(firstSteps({ apis: { shop: { operations, isCurrent: false } } })).toEqual([undefined])
  })
})
