import { expect, it } from 'vitest'
import { ApimKitError } from '../errors.js'
import { api } from './api.js'
import { operation, type OperationInput } from './operation.js'

const orders = api('orders', { path: 'orders' })
const declare = (input: Pick<OperationInput, 'urlTemplate' | 'templateParameters'>): unknown =>
  operation('get', { api: orders, method: 'GET', ...input })
const parameter = (name: string): { name: string; type: string } => ({ name, type: 'string' })

function problemsOf(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    if (error instanceof ApimKitError) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
}

it.each(['/{a', '/a}', '/{}', '/{a}/{A}'])('refuses the template %s', (urlTemplate) => {
  expect(problemsOf(() => declare({ urlTemplate }))).toEqual([expect.stringMatching(/^urlTemplate: has /)])
})

it('refuses parameters that the template does not have, and those that are declared twice', () => {
  const templateParameters = [parameter('ID'), parameter('id'), parameter('other')]
  expect(problemsOf(() => declare({ urlTemplate: '/{id}', templateParameters }))).toEqual([
    "templateParameters: 'other' is not in the URL template; write {other} there, or take it out here",
    "templateParameters: 'id' is declared twice; leave one",
  ])
})

it('declares the parameters that are not, without regard to case', () => {
  expect(declare({ urlTemplate: '/{id}/{*rest}', templateParameters: [parameter('ID')] })).toMatchObject({
    properties: { templateParameters: [{ name: 'ID' }, { name: 'rest', type: 'string', required: true }] },
  })
  expect(declare({ urlTemplate: '/' })).not.toHaveProperty('properties.templateParameters')
})
