import type { Type } from '@apim-kit/policy-dsl/expression'
import { scalarObject } from '../json/convert.js'
import { tokenFromObject } from '../json/from-object.js'
import { type JsonReader, jsonTokens, type ReadType } from '../json/json-reader.js'
import { JsonTextReader } from '../json/text-reader.js'
import { asObject, checkedCast, deserializeFrom } from '../json/to-object.js'
import { JToken, type JsonScalar } from '../json/token.js'
import { JTokenReader } from '../json/token-reader.js'
import { writeJson } from '../json/writer.js'
import { typeOf, types } from '../types.js'
import { argumentNull } from '../values/exceptions.js'
import type { TextReader, TextWriter } from '../values/text-io.js'
import { TypeObject } from '../values/type-object.js'
import type { ClrValue } from '../values/value.js'
import { objectSettings, SerializerSettings, settingMembers } from './json-convert.js'
import { bound, membersOf, type MemberTable, type TypeMembers } from './members.js'

/** `JsonSerializer`: settings with verbs. */
class JsonSerializer extends SerializerSettings {
  static override readonly clrName: string = 'Newtonsoft.Json.JsonSerializer'

  /** A text may go on behind what is read. */
  static of(settings: SerializerSettings | null): JsonSerializer {
    return Object.assign(new JsonSerializer(), { checkAdditionalContent: false }, settings)
  }
}

function valueOf(reader: JsonReader): ClrValue {
  return scalarObject(reader.value, reader.valueType)
}

/** A reading of a known type; null at the end and of null. */
function readAs(type: ReadType, unwrap: (value: JsonScalar) => ClrValue = (value) => value) {
  return (reader: JsonReader): ClrValue => {
    reader.readAs(type)
    const isValue = reader.kind !== jsonTokens.none && reader.kind !== jsonTokens.endArray && reader.value !== null
    return isValue ? unwrap(reader.value) : null
  }
}

const reader = (): MemberTable => ({
  TokenType: (self: JsonReader) => self.kind,
  Value: valueOf,
  ValueType: (self: JsonReader) => {
    const value = valueOf(self)
    return value === null ? null : new TypeObject(typeOf(value))
  },
  Depth: (self: JsonReader) => self.depth,
  Path: (self: JsonReader) => self.path,
  Read: (self: JsonReader) => self.read(),
  Skip: (self: JsonReader) => self.skip(),
  Close: () => undefined,
  Dispose: () => undefined,
  ReadAsInt32: readAs('int', Number),
  ReadAsString: readAs('string'),
  ReadAsBoolean: readAs('bool'),
  ReadAsDouble: readAs('double'),
  ReadAsDecimal: readAs('decimal'),
  ReadAsDateTime: readAs('DateTime'),
  ReadAsDateTimeOffset: readAs('DateTimeOffset'),
  ReadAsBytes: readAs('bytes'),
  ...settingOf('DateParseHandling', 'dateParseHandling'),
  ...settingOf('DateTimeZoneHandling', 'dateTimeZoneHandling'),
  ...settingOf('FloatParseHandling', 'floatParseHandling'),
  ...settingOf('MaxDepth', 'maxDepth'),
})

type ReaderSetting = 'dateParseHandling' | 'dateTimeZoneHandling' | 'floatParseHandling' | 'maxDepth'

/** A property of a reader, which an expression made with settings of its own. */
function settingOf(property: string, name: ReaderSetting): MemberTable {
  return {
    [property]: (self: JsonReader) => self.settings[name] ?? null,
    [`${property}=`]: (self: JsonReader, value: number | null) => {
      Object.assign(self.settings, { [name]: value })
    },
  }
}

const place = (): MemberTable => ({
  HasLineInfo: (self: JToken | JsonReader) => (self.line ?? 0) > 0 || self instanceof JsonTextReader,
  LineNumber: (self: JToken | JsonReader) => self.line ?? 0,
  LinePosition: (self: JToken | JsonReader) => self.linePosition,
})

function read(self: JsonSerializer, source: JsonReader | null, type: Type): ClrValue {
  if (source === null) throw argumentNull('reader')
  return checkedCast(deserializeFrom(source, type, self), type)
}

const serializer = (): MemberTable => ({
  '.ctor': () => JsonSerializer.of(null),
  Create: (settings: SerializerSettings | null = null) => JsonSerializer.of(settings),
  CreateDefault: (settings: SerializerSettings | null = null) => JsonSerializer.of(settings),
  'Deserialize(JsonReader)': (self: JsonSerializer, source: JsonReader | null) =>
    read(self, source, types().special.object),
  'Deserialize(JsonReader,Type)': (self: JsonSerializer, source: JsonReader | null, { target }: TypeObject) =>
    asObject(read(self, source, target), target),
  Deserialize: bound(
    ({ typeArguments: [type = types().special.object] }) =>
      (self: JsonSerializer, source: JsonReader | null) =>
        read(self, source, type),
  ),
  Serialize: (self: JsonSerializer, target: TextWriter | null, value: ClrValue) => {
    if (target === null) throw argumentNull('textWriter')
    const token = value instanceof JToken ? value : tokenFromObject(value, objectSettings(self))
    target.write(writeJson(token, self.formatting === 1, self))
  },
  ...settingMembers(),
})

export const jsonReaderMembers: readonly TypeMembers[] = [
  membersOf('Newtonsoft.Json.JsonReader', reader),
  membersOf('Newtonsoft.Json.IJsonLineInfo', place),
  membersOf('Newtonsoft.Json.JsonTextReader', () => ({
    '.ctor': (source: TextReader | null) => {
      if (source === null) throw argumentNull('reader')
      return new JsonTextReader(source.readToEnd(), new SerializerSettings())
    },
    ...place(),
  })),
  membersOf('Newtonsoft.Json.Linq.JTokenReader', () => ({
    '.ctor': (token: JToken | null) => {
      if (token === null) throw argumentNull('token')
      return new JTokenReader(token, new SerializerSettings())
    },
    CurrentToken: (self: JTokenReader) => self.current,
  })),
  membersOf('Newtonsoft.Json.JsonSerializer', serializer),
]
