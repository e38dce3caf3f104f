import type { Properties } from '../../store.js'
import { isObject } from '../read-properties.js'
import type { ImportedContent } from './import-content.js'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

/** What an OpenAPI 3 document makes of an API. Its schemas are not kept: nothing in the emulator reads them. */
export function openApi(document: Properties): ImportedContent {
  const { info, servers, paths } = document as { info?: Properties; servers?: Properties[]; paths: Properties }
  const { description, termsOfService, contact, license } = info ?? {}
  const properties = {
    description,
    serviceUrl: servers?.[0]?.['url'],
    termsOfServiceUrl: termsOfService,
    contact,
    license,
  }
  const operations = Object.entries(paths).flatMap(([path, item]) => operationsOf(path, isObject(item) ? item : {}))
  return {
    properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)),
    operations: new Map(operations),
  }
}

function operationsOf(path: string, item: Properties): [string, Properties][] {
  return methods.flatMap((method): [string, Properties][] => {
    const operation = item[method]
    if (!isObject(operation)) return []
    const { operationId, summary, description, parameters } = operation
    const all = [...parametersIn(item['parameters']), ...parametersIn(parameters)]
    const required = all.filter((parameter) => parameter['in'] === 'query' && parameter['required'] === true)
    const name = (textOf(operationId) ?? `${method}-${path}`).replaceAll(/[^\w.]+/g, '-').replaceAll(/^-|-$/g, '')
    const query = required.map((parameter) => `${String(parameter['name'])}={${String(parameter['name'])}}`)
    const templated = [...all.filter((parameter) => parameter['in'] === 'path'), ...required]
    const properties = {
      displayName: textOf(summary) ?? textOf(operationId) ?? `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      // Required query parameters become part of the template, unless the request says otherwise (the service's default).
      urlTemplate: query.length > 0 ? `${path}?${query.join('&')}` : path,
      ...(description === undefined ? {} : { description }),
      templateParameters: templated.map(templateParameter),
    }
    return [[name, properties]]
  })
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function parametersIn(value: unknown): Properties[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function templateParameter({ name, description, schema }: Properties): Properties {
  const type = isObject(schema) ? schema['type'] : undefined
  return {
    name: String(name),
    type: typeof type === 'string' ? type : 'string',
    required: true,
    ...(description === undefined ? {} : { description }),
  }
}
