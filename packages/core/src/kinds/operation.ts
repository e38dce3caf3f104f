import { flag, group, integer, json, list, mapOf, text } from '../fields.js'
import { isObject } from '../expected.js'
import type { InputOf } from '../input.js'
import { defineKind, identifier, type Properties } from '../kind.js'
import type { PolicyContent } from '../policy-content.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Problem } from '../problems.js'
import type { Resource } from '../resource.js'
import { apiKind } from './api.js'
import { linksOf } from './link.js'
import { definePolicyKind, policyOf } from './policy.js'
import { defineTagLink } from './tag.js'
import { parameterNames, templateFaults, withoutNames } from './url-template.js'

const examples = mapOf(group({ summary: text(), description: text(), value: json(), externalValue: text() }), {
  filled: true,
})

/** A parameter of a template, a query, a header or a form. */
const parameter = group({
  name: text({ required: true }),
  type: text({ required: true }),
  required: flag({ default: false }),
  description: text(),
  defaultValue: text(),
  /** The values that it may have. */
  values: list(text(), { default: [] }),
  /** A schema of the API, and a type in it. */
  schemaId: text({ refersTo: 'apiSchema' }),
  typeName: text(),
  examples,
})

/** A body, in one content type. */
const representation = group({
  contentType: text({ required: true, caseInsensitive: true }),
  schemaId: text({ refersTo: 'apiSchema' }),
  typeName: text(),
  /** For forms: the fields. */
  formParameters: list(parameter, { default: [] }),
  examples,
})

/** An operation of an API: a method and a URL template. */
export const operationKind = defineKind({
  kind: 'operation',
  title: 'operation',
  parent: apiKind,
  segment: 'operations',
  madeByImport: true,
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  unique: [{ words: 'method and URL template', field: 'urlTemplate', of: routeOf }],
  check: templateProblems,
  fields: {
    /** What the portal shows. */
    displayName: text({ required: true, min: 1, max: 300 }),
    /** An HTTP method; the service takes any word. */
    method: text({ required: true, caseInsensitive: true }),
    /** Path below the API's, with parameters in braces: `/orders/{id}`. */
    urlTemplate: text({ required: true, min: 1, max: 1000 }),
    description: text({ max: 1000 }),
    /** The parameters of the template; the service refuses a template whose parameters are not declared. */
    templateParameters: list(parameter, { default: [] }),
    /** What a request holds; the gateway checks nothing of it unless a policy says so. */
    request: group({
      description: text(),
      queryParameters: list(parameter, { default: [] }),
      headers: list(parameter, { default: [] }),
      representations: list(representation, { default: [] }),
    }),
    /** The responses, each by its status code. */
    responses: list(
      group({
        statusCode: integer({ required: true }),
        description: text(),
        headers: list(parameter, { default: [] }),
        representations: list(representation, { default: [] }),
      }),
      { default: [] },
    ),
  },
  sdk: { group: 'apiOperation', list: 'listByApi', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** What the gateway tells operations apart by; the names of parameters do not count. */
function routeOf({ method, urlTemplate }: Properties): string {
  return `${String(method)} ${withoutNames(String(urlTemplate))}`.toLowerCase()
}

/** The template can be read, and its parameters are those that are declared. */
function templateProblems({ urlTemplate, templateParameters }: Properties): Problem[] {
  if (typeof urlTemplate !== 'string') return []
  const problem = (path: string, message: string): Problem => ({
    rule: 'operation/url-template',
    severity: 'error',
    path,
    message,
  })
  const faults = templateFaults(urlTemplate)
  if (faults.length > 0) return faults.map((fault) => problem('urlTemplate', fault))
  const used = parameterNames(urlTemplate)
  const declared = (Array.isArray(templateParameters) ? templateParameters : []).flatMap((parameter: unknown) => {
    const { name } = parameter as { readonly name?: unknown }
    return typeof name === 'string' ? [name] : []
  })
  return [
    ...lacking(used, declared).map((name) =>
      problem('templateParameters', `{${name}} of the URL template is not declared; add { name: '${name}', … }`),
    ),
    ...lacking(declared, used).map((name) =>
      problem('templateParameters', `'${name}' is not in the URL template; write {${name}} there, or take it out here`),
    ),
    ...repeated(declared).map((name) => problem('templateParameters', `'${name}' is declared twice; leave one`)),
  ]
}

/** Those names of one list that another does not have; case does not count. */
function lacking(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map((name) => name.toLowerCase()))
  return names.filter((name) => !known.has(name.toLowerCase()))
}

function repeated(names: readonly string[]): string[] {
  const lowered = names.map((name) => name.toLowerCase())
  return names.filter((_name, index) => lowered.indexOf(lowered[index] ?? '') < index)
}

/** The policy document of an operation. */
export const operationPolicyKind = definePolicyKind({
  kind: 'operationPolicy',
  parent: operationKind,
  policyScope: 'operation',
  sdk: { group: 'apiOperationPolicy', list: 'listByOperation', get: 'get', put: 'createOrUpdate', delete: 'delete' },
})

/** A tag of an operation. */
export const operationTagKind = defineTagLink('operationTag', operationKind, {
  group: 'tag',
  list: 'listByOperation',
  put: 'assignToOperation',
  delete: 'detachFromOperation',
})

type OperationFields = InputOf<(typeof operationKind)['fields']>

/** What {@link operation} takes. */
export type OperationInput = Omit<OperationFields, 'displayName'> & {
  /** The API that it belongs to. */
  readonly api: Resource<'api'>
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: OperationFields['displayName']
  readonly tags?: readonly Resource<'tag'>[]
  /** The policy document of the operation's scope. */
  readonly policy?: PolicyContent
}

/**
 * Declares an operation. Parameters of the template that are not declared become required strings.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * operation('get-order', { api: orders, method: 'GET', urlTemplate: '/{id}', responses: [{ statusCode: 200 }] })
 */
export function operation(name: string, input: OperationInput): Resource<'operation'> {
  expectDeclaration(operationKind, name, input)
  const { api, policy, tags, ...properties } = input
  const templateParameters = withMissing(properties)
  return createResource(
    operationKind,
    name,
    api,
    { displayName: name, ...properties, templateParameters },
    (resource) => [
      ...linksOf(operationTagKind, resource, tags),
      ...(policy === undefined ? [] : [policyOf(operationPolicyKind, resource, policy)]),
    ],
  )
}

/**
 * The parameters of the address: those that are declared, and those that stand in it only. What is no list, from untyped code, is
 * left to the check of the fields.
 */
function withMissing({ templateParameters = [], urlTemplate }: Partial<OperationFields>): unknown {
  if (!Array.isArray(templateParameters) || !templateParameters.every(isObject)) return templateParameters
  const names = templateParameters.flatMap((parameter) => {
    const name: unknown = Reflect.get(parameter, 'name')
    return typeof name === 'string' ? [name] : []
  })
  const inAddress = typeof urlTemplate === 'string' ? parameterNames(urlTemplate) : []
  const missing = lacking(inAddress, names).map((name) => ({ name, type: 'string', required: true }))
  const all = [...templateParameters, ...missing]
  return all.length > 0 ? all : undefined
}
