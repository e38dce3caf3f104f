import { formatDecimal } from '../text/number-format.js'
import { formatDateTime, formatDateTimeOffset } from '../text/date-format.js'
import { argumentNull } from '../values/exceptions.js'
import type { Guid } from '../values/guid.js'
import type { TextReader } from '../values/text-io.js'
import type { DateTime } from '../values/time.js'
import { readers } from '../xml/convert.js'
import { encodeName, nameEnd } from '../xml/name-text.js'
import { XmlReader, XmlReaderSettings } from '../xml/reader.js'
import {
  dateModes,
  dateTimeOffsetText,
  dateTimeText,
  duration,
  inMode,
  parseXmlDateTime,
  parseXmlDateTimeOffset,
  parseFlag,
  realText,
} from '../xml/values.js'
import { wrongName, xmlException } from '../xml/xml-exception.js'
import { type Implementation, membersOf, type MemberTable, type TypeMembers } from './members.js'

const reader = (): MemberTable => ({
  Create: (input: TextReader | null, settings?: XmlReaderSettings | null) => {
    if (input === null) throw argumentNull('input')
    return new XmlReader(input.readToEnd(), settings ?? undefined)
  },
  ReadState: (self: XmlReader) => self.state,
  HasValue: (self: XmlReader) => self.hasValue,
  Prefix: (self: XmlReader) => self.prefix,
  'Item(string)': (self: XmlReader, name: string) => self.getAttribute(name),
  'Item(int)': (self: XmlReader, index: number) => self.attributes[index]?.value ?? null,
  IsStartElement: (self: XmlReader, name?: string) => self.isStartElement(name),
  ReadStartElement: (self: XmlReader, name?: string) => self.readStartElement(name),
  ReadEndElement: (self: XmlReader) => self.readEndElement(),
  Skip: (self: XmlReader) => self.skip(),
  ReadToNextSibling: (self: XmlReader, name: string) => self.readToNextSibling(name),
  MoveToElement: (self: XmlReader) => self.moveToElement(),
  MoveToAttribute: (self: XmlReader, name: string) => self.moveToAttribute(name),
  MoveToFirstAttribute: (self: XmlReader) => self.moveToFirstAttribute(),
  ReadContentAsString: (self: XmlReader) => self.readString(),
  ReadElementContentAsInt: (self: XmlReader) => readers['System.Int32']?.(self.readContent()),
  ReadElementContentAsLong: (self: XmlReader) => readers['System.Int64']?.(self.readContent()),
  ReadElementContentAsDouble: (self: XmlReader) => readers['System.Double']?.(self.readContent()),
  ReadElementContentAsDecimal: (self: XmlReader) => readers['System.Decimal']?.(self.readContent()),
  ReadElementContentAsBoolean: (self: XmlReader) => parseFlag(self.readContent()),
  ReadElementContentAsDateTime: (self: XmlReader) => parseXmlDateTime(self.readContent(), dateModes.roundtripKind),
  Close: () => undefined,
  NodeType: (self: XmlReader) => self.nodeType,
  Name: (self: XmlReader) => self.name,
  LocalName: (self: XmlReader) => self.localName,
  NamespaceURI: (self: XmlReader) => self.namespaceUri,
  Value: (self: XmlReader) => self.value,
  Depth: (self: XmlReader) => self.depth,
  EOF: (self: XmlReader) => self.eof,
  IsEmptyElement: (self: XmlReader) => self.isEmptyElement,
  HasAttributes: (self: XmlReader) => self.attributes.length > 0,
  AttributeCount: (self: XmlReader) => self.attributes.length,
  Read: (self: XmlReader) => self.read(),
  ReadToFollowing: (self: XmlReader, name: string) => self.readToFollowing(name),
  ReadToDescendant: (self: XmlReader, name: string) => self.readToDescendant(name),
  MoveToNextAttribute: (self: XmlReader) => self.moveToNextAttribute(),
  MoveToContent: (self: XmlReader) => self.moveToContent(),
  GetAttribute: (self: XmlReader, name: string) => self.getAttribute(name),
  ReadInnerXml: (self: XmlReader) => self.readInnerXml(),
  ReadOuterXml: (self: XmlReader) => self.readOuterXml(),
  ReadElementContentAsString: (self: XmlReader) => self.readContent(),
  ReadString: (self: XmlReader) => self.readString(),
  Dispose: () => undefined,
})

/** A name as it is, when it is one. @throws DotNetException ArgumentNullException, XmlException */
function verified(name: string | null, mayHaveColon: boolean): string {
  if (name === null || name === '') {
    throw argumentNull('name', `The empty string '' is not a valid ${mayHaveColon ? '' : 'local '}name.`)
  }
  const plain = mayHaveColon ? name.replaceAll(':', '_') : name
  const end = nameEnd(plain, 0)
  if (end < name.length) throw xmlException(wrongName(name, end, end === 0))
  return name
}

const encoded = (name: string | null, keepsColon: boolean): string | null =>
  name === null ? null : keepsColon ? name.split(':').map(encodeName).join(':') : encodeName(name)

/** `XmlConvert.ToInt32` and the like, by the type that they give. */
const conversions = (): Record<string, Implementation> =>
  Object.fromEntries(
    ['Int32', 'UInt32', 'Int64', 'UInt64', 'Single', 'Double', 'Decimal', 'TimeSpan', 'Guid'].map((name) => [
      `To${name}`,
      (text: string | null) => {
        if (text === null) throw argumentNull('s')
        return readers[`System.${name}`]?.(text)
      },
    ]),
  )

const xmlConvert = (): MemberTable => ({
  ...conversions(),
  'ToString(bool)': (value: boolean) => String(value),
  'ToString(char)': (value: number) => String.fromCharCode(value),
  'ToString(double)': (value: number) => realText(value),
  'ToString(float)': (value: number) => realText(value, true),
  'ToString(decimal)': (value: never) => formatDecimal(value, null),
  'ToString(TimeSpan)': duration,
  'ToString(DateTime)': (value: DateTime) => formatDateTime(value, 'yyyy-MM-ddTHH:mm:ss.fffffffzzz'),
  'ToString(DateTime,string)': formatDateTime,
  'ToString(DateTime,XmlDateTimeSerializationMode)': (value: DateTime, mode: number) =>
    dateTimeText(inMode(value, mode)),
  'ToString(DateTimeOffset)': dateTimeOffsetText,
  'ToString(DateTimeOffset,string)': formatDateTimeOffset,
  // Numbers come as they are, not boxed; a Guid writes itself.
  ToString: (value: number | bigint | Guid) => String(value),
  ToBoolean: (text: string | null) => parseFlag(text ?? ''),
  ToDateTime: (text: string | null, mode: number) => parseXmlDateTime(text ?? '', mode),
  ToDateTimeOffset: (text: string | null) => {
    if (text === null) throw argumentNull('s')
    return parseXmlDateTimeOffset(text)
  },
  EncodeName: (name: string | null) => encoded(name, true),
  EncodeLocalName: (name: string | null) => encoded(name, false),
  DecodeName: (name: string | null) =>
    name === null
      ? null
      : name.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  VerifyName: (name: string | null) => verified(name, true),
  VerifyNCName: (name: string | null) => verified(name, false),
})

type Setting = 'ignoreWhitespace' | 'ignoreComments' | 'ignoreInstructions' | 'dtd'

const setting = (name: string, key: Setting): MemberTable => ({
  [name]: (self: XmlReaderSettings) => self[key],
  [`${name}=`]: (self: XmlReaderSettings, value: never) => {
    self[key] = value
  },
})

export const xmlReaderMembers: readonly TypeMembers[] = [
  membersOf('System.Xml.XmlReader', reader),
  membersOf('System.Xml.XmlReaderSettings', () => ({
    '.ctor': () => new XmlReaderSettings(),
    ...setting('IgnoreWhitespace', 'ignoreWhitespace'),
    ...setting('IgnoreComments', 'ignoreComments'),
    ...setting('IgnoreProcessingInstructions', 'ignoreInstructions'),
    ...setting('DtdProcessing', 'dtd'),
  })),
  membersOf('System.Xml.XmlConvert', xmlConvert),
]
