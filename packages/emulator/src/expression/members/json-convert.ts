import { ApimKitError } from '@apim-kit/core/errors'
import type { Type } from '@apim-kit/policy-dsl/expression'
import { scalarToken, tokenFromObject, type ObjectSettings } from '../json/from-object.js'
import type { MergeSettings } from '../json/merge.js'
import type { ReaderSettings } from '../json/json-reader.js'
import { parseJson } from '../json/load.js'
import { asObject, checkedCast, deserialize } from '../json/to-object.js'
import { JToken } from '../json/token.js'
import { quoteJson, writeJson } from '../json/writer.js'
import { typeName, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { ClrArray } from '../values/collections.js'
import { argumentException } from '../values/exceptions.js'
import type { TypeObject } from '../values/type-object.js'
import type { ClrValue } from '../values/value.js'
import { XmlDocument, XmlNode } from '../xml/dom.js'
import { jsonToXml, xmlToJson } from '../xml/json.js'
import { XObject } from '../xml/nodes.js'
import { bound, membersOf, type MemberTable, type TypeMembers } from './members.js'

/** `JsonSerializerSettings`; the numbers are those of its enums. */
export class SerializerSettings {
  static readonly clrName: string = 'Newtonsoft.Json.JsonSerializerSettings'
  nullValueHandling = 0
  dateParseHandling = 1
  dateFormatHandling = 0
  dateTimeZoneHandling = 3
  floatParseHandling = 0
  missingMemberHandling = 0
  defaultValueHandling = 0
  formatting = 0
  floatFormatHandling = 0
  stringEscapeHandling = 0
  dateFormatString: string | null = null
  maxDepth: number | null = null
  checkAdditionalContent = true
  typeNameHandling = 0
  referenceLoopHandling = 0
  preserveReferencesHandling = 0
  objectCreationHandling = 0
  metadataPropertyHandling = 0
  constructorHandling = 0
}

/** JSON that becomes XML keeps its strings. */
const withoutDates: ReaderSettings = { dateParseHandling: 0, dateTimeZoneHandling: 3, floatParseHandling: 0 }

type SettingName = keyof SerializerSettings

/** Properties that can be read and written, by their .NET names. */
function settings(names: readonly SettingName[]): MemberTable {
  return Object.fromEntries(
    names.flatMap((name) => {
      const property = name.charAt(0).toUpperCase() + name.slice(1)
      return [
        [property, (self: SerializerSettings) => self[name]],
        [`${property}=`, (self: SerializerSettings, value: number & string) => Object.assign(self, { [name]: value })],
      ]
    }),
  ) as MemberTable
}

function serialize(value: ClrValue, indented: boolean, options: SerializerSettings | null = null): string {
  const token = value instanceof JToken ? value : tokenFromObject(value, objectSettings(options))
  return writeJson(token, indented || options?.formatting === 1, options ?? undefined)
}

/** What settings say about objects, and XML as JSON. */
export function objectSettings(options: SerializerSettings | null): ObjectSettings {
  return {
    nullValueHandling: options?.nullValueHandling ?? 0,
    defaultValueHandling: options?.defaultValueHandling ?? 0,
    special: xmlToken,
  }
}

function xmlToken(value: ClrValue): JToken | undefined {
  if (value instanceof XObject) return xmlToJson(value, false)
  return value instanceof XmlNode ? xmlToJson(value.own, false) : undefined
}

/** `JsonConvert.ToString(object)`: values without parts. */
function scalarJson(value: ClrValue): string {
  if (value === null) return 'null'
  const token = value instanceof JToken || value instanceof Uint8Array ? undefined : scalarJsonToken(value)
  if (token === undefined) {
    throw argumentException(
      `Unsupported type: ${typeName(value)}. Use the JsonSerializer class to get the object's JSON representation.`,
    )
  }
  // Here NaN is no string.
  return writeJson(token, false, Object.assign(new SerializerSettings(), { floatFormatHandling: 1 }))
}

function scalarJsonToken(value: Exclude<ClrValue, null>): JToken | undefined {
  const isLetter = value instanceof Boxed && value.type.id === 'System.Char'
  return isLetter ? tokenFromObject(value) : scalarToken(value)
}

/** `SerializeObject` in its overloads: formatting and settings are told apart by their types. */
const serializeObject = bound(({ member: { parameters } }) => {
  const indexOf = (name: string): number => parameters.findIndex((parameter) => parameter.type.id === name)
  const formatting = indexOf('Newtonsoft.Json.Formatting')
  const options = indexOf('Newtonsoft.Json.JsonSerializerSettings')
  const converters = parameters.findIndex((parameter) => parameter.type.kind === 'array')
  return (...values: ClrValue[]) => {
    refuseConverters(converters < 0 ? null : (values[converters] ?? null))
    return serialize(
      values[0] ?? null,
      values[formatting] === 1,
      options < 0 ? null : (values[options] as SerializerSettings | null),
    )
  }
})

function refuseConverters(converters: ClrValue): void {
  if (converters instanceof ClrArray && converters.items.length > 0) {
    throw new ApimKitError('not-supported', 'Own JsonConverters are not supported in expressions.')
  }
}

const deserializeObject = bound(({ member: { typeParameters, parameters }, typeArguments: [type] }) => {
  const options = parameters.findIndex((parameter) => parameter.type.id === 'Newtonsoft.Json.JsonSerializerSettings')
  const converters = parameters.findIndex((parameter) => parameter.type.kind === 'array')
  const typed = parameters[1]?.type.id === 'System.Type'
  const wanted = typeParameters.length > 0 && type !== undefined ? type : objectType()
  return (text: string | null, ...values: ClrValue[]) => {
    refuseConverters(converters < 0 ? null : (values[converters - 1] ?? null))
    const settings = (options < 0 ? null : (values[options - 1] as SerializerSettings | null)) ?? undefined
    const target = typed ? ((values[0] as TypeObject | null)?.target ?? objectType()) : wanted
    const value = deserialize(text, target, settings)
    return typed ? asObject(value, target) : checkedCast(value, target)
  }
})

function objectType(): Type {
  return types().special.object
}

function delimitedJson(text: string | null, delimiter: number): string {
  const quote = String.fromCharCode(delimiter)
  if (quote !== '"' && quote !== "'")
    throw argumentException('Delimiter must be a single or double quote.', 'delimiter')
  if (text === null) return 'null'
  const quoted = quoteJson(text)
  if (quote === '"') return quoted
  return `'${quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** The properties of settings. */
export function settingMembers(): MemberTable {
  return settings([
    'nullValueHandling',
    'dateParseHandling',
    'dateFormatHandling',
    'dateTimeZoneHandling',
    'floatParseHandling',
    'missingMemberHandling',
    'defaultValueHandling',
    'formatting',
    'floatFormatHandling',
    'stringEscapeHandling',
    'dateFormatString',
    'maxDepth',
    'checkAdditionalContent',
    'typeNameHandling',
    'referenceLoopHandling',
    'preserveReferencesHandling',
    'objectCreationHandling',
    'metadataPropertyHandling',
    'constructorHandling',
  ])
}

export const jsonConvertMembers: readonly TypeMembers[] = [
  membersOf('Newtonsoft.Json.JsonConvert', () => ({
    SerializeObject: serializeObject,
    DeserializeObject: deserializeObject,
    DeserializeAnonymousType: bound(
      ({ typeArguments: [type] }) =>
        (text: string | null, _example: ClrValue, settings: SerializerSettings | null = null) =>
          checkedCast(deserialize(text, type ?? objectType(), settings ?? undefined), type ?? objectType()),
    ),
    'SerializeXNode(XObject)': (node: XObject) => writeJson(xmlToJson(node, false), false),
    'SerializeXNode(XObject,Formatting)': (node: XObject, formatting: number) =>
      writeJson(xmlToJson(node, false), formatting === 1),
    'SerializeXNode(XObject,Formatting,bool)': (node: XObject, formatting: number, omitRoot: boolean) =>
      writeJson(xmlToJson(node, omitRoot), formatting === 1),
    DeserializeXNode: (text: string | null, rootName: string | null = null) =>
      jsonToXml(parseJson(text, 'JToken', withoutDates), rootName),
    'SerializeXmlNode(XmlNode)': ({ own }: XmlNode) => writeJson(xmlToJson(own, false), false),
    'SerializeXmlNode(XmlNode,Formatting)': ({ own }: XmlNode, formatting: number) =>
      writeJson(xmlToJson(own, false), formatting === 1),
    'SerializeXmlNode(XmlNode,Formatting,bool)': ({ own }: XmlNode, formatting: number, omitRoot: boolean) =>
      writeJson(xmlToJson(own, omitRoot), formatting === 1),
    DeserializeXmlNode: (text: string | null, rootName: string | null = null) =>
      new XmlDocument(jsonToXml(parseJson(text, 'JToken', withoutDates), rootName)),
    'ToString(string)': (text: string | null) => (text === null ? 'null' : quoteJson(text)),
    'ToString(string,char)': (text: string | null, delimiter: number) => delimitedJson(text, delimiter),
    ToString: scalarJson,
  })),
  membersOf('Newtonsoft.Json.JsonSerializerSettings', () => ({
    '.ctor': () => new SerializerSettings(),
    ...settingMembers(),
  })),
  membersOf('Newtonsoft.Json.Linq.JsonMergeSettings', () => ({
    '.ctor': (): MergeSettings => ({ arrays: 0, nulls: 0 }),
    MergeArrayHandling: (self: MergeSettings) => self.arrays,
    'MergeArrayHandling=': (self: MergeSettings, value: number) => {
      self.arrays = value
    },
    MergeNullValueHandling: (self: MergeSettings) => self.nulls,
    'MergeNullValueHandling=': (self: MergeSettings, value: number) => {
      self.nulls = value
    },
  })),
]
