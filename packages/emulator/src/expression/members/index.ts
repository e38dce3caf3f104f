import { ApimKitError } from '@apim-kit/core/errors'
import type { MemberUse, TypeDefinition } from '@apim-kit/policy-dsl/expression'
import type { Delegate } from '../compile/frame.js'
import { arrayMembers } from './array.js'
import { certificateMembers } from './certificate.js'
import { charMembers } from './char.js'
import { collectionMembers } from './collections.js'
import { commonMember } from './common.js'
import { contextMembers } from './context.js'
import { convertMembers } from './convert.js'
import { cryptoMembers } from './crypto.js'
import { delegateMembers } from './delegates.js'
import { encodingMembers } from './encoding.js'
import { enumMembers } from './enum.js'
import { exceptionMembers } from './exceptions.js'
import { globalizationMembers } from './globalization.js'
import { guidMembers } from './guid.js'
import { ioMembers } from './io.js'
import { jsonConvertMembers } from './json-convert.js'
import { jsonReaderMembers } from './json-reader.js'
import { jsonTokenMembers } from './json-token.js'
import { linqMembers } from './linq.js'
import { mathMembers, randomMembers } from './math.js'
import { asDelegate, Bound, type Implementation, type MemberTable, type TypeMembers } from './members.js'
import { numberMembers } from './numbers.js'
import { objectMembers } from './object.js'
import { regexMembers } from './regex.js'
import { stringBuilderMembers } from './string-builder.js'
import { stringMembers } from './string.js'
import { stringComparerMembers } from './string-comparer.js'
import { timeMembers } from './time.js'
import { reasonAgainst } from './unsupported.js'
import { tupleMembers } from './tuples.js'
import { uriMembers } from './uri.js'
import { versionMembers } from './version.js'
import { xmlDocumentMembers } from './xml-document.js'
import { xmlMembers } from './xml.js'
import { xmlReaderMembers } from './xml-reader.js'

/** The lists of this folder by the full name of a type, else by its namespace. A list is only asked for when such a type is used. */
const lists: Readonly<Record<string, () => readonly TypeMembers[]>> = {
  '': () => contextMembers,
  'Newtonsoft.Json': () => jsonConvertMembers,
  'Newtonsoft.Json.IJsonLineInfo': () => jsonReaderMembers,
  'Newtonsoft.Json.JsonReader': () => jsonReaderMembers,
  'Newtonsoft.Json.JsonSerializer': () => jsonReaderMembers,
  'Newtonsoft.Json.JsonTextReader': () => jsonReaderMembers,
  'Newtonsoft.Json.Linq': () => jsonTokenMembers,
  'Newtonsoft.Json.Linq.JTokenReader': () => jsonReaderMembers,
  'Newtonsoft.Json.Linq.JsonMergeSettings': () => jsonConvertMembers,
  System: () => objectMembers,
  'System.Array': () => arrayMembers,
  'System.BitConverter': () => encodingMembers,
  'System.Boolean': () => stringMembers,
  'System.Byte': () => numberMembers,
  'System.Char': () => charMembers,
  'System.CharEnumerator': () => collectionMembers,
  'System.Collections': () => collectionMembers,
  'System.Collections.Generic': () => collectionMembers,
  'System.Collections.ObjectModel': () => collectionMembers,
  'System.Convert': () => convertMembers,
  'System.IConvertible': () => convertMembers,
  'System.DateTime': () => timeMembers,
  'System.DateTimeOffset': () => timeMembers,
  'System.Decimal': () => numberMembers,
  'System.Delegate': () => delegateMembers,
  'System.Double': () => numberMembers,
  'System.Enum': () => enumMembers,
  'System.Environment': () => ioMembers,
  'System.Globalization': () => globalizationMembers,
  'System.Guid': () => guidMembers,
  'System.IO': () => ioMembers,
  'System.Int16': () => numberMembers,
  'System.Int32': () => numberMembers,
  'System.Int64': () => numberMembers,
  'System.Linq': () => linqMembers,
  'System.Math': () => mathMembers,
  'System.Net': () => uriMembers,
  'System.Random': () => randomMembers,
  'System.SByte': () => numberMembers,
  'System.Security.Cryptography': () => cryptoMembers,
  'System.Security.Cryptography.X509Certificates': () => certificateMembers,
  'System.Single': () => numberMembers,
  'System.String': () => stringMembers,
  'System.StringComparer': () => stringComparerMembers,
  'System.Text': () => encodingMembers,
  'System.Text.RegularExpressions': () => regexMembers,
  'System.Text.StringBuilder': () => stringBuilderMembers,
  'System.TimeSpan': () => timeMembers,
  'System.TimeZoneInfo': () => globalizationMembers,
  'System.Tuple': () => tupleMembers,
  'System.TupleExtensions': () => tupleMembers,
  'System.UInt16': () => numberMembers,
  'System.UInt32': () => numberMembers,
  'System.UInt64': () => numberMembers,
  'System.Uri': () => uriMembers,
  'System.UriBuilder': () => uriMembers,
  'System.ValueTuple': () => tupleMembers,
  'System.Version': () => versionMembers,
  'System.Xml': () => xmlDocumentMembers,
  'System.Xml.Linq': () => xmlMembers,
  'System.Xml.XPath': () => xmlDocumentMembers,
  'System.Xml.XmlConvert': () => xmlReaderMembers,
  'System.Xml.XmlReader': () => xmlReaderMembers,
  'System.Xml.XmlReaderSettings': () => xmlReaderMembers,
}

const tables = new Map<string, MemberTable | undefined>()

/** The implementations of a type; put together when first asked for. */
function table({ name, namespace }: TypeDefinition): MemberTable | undefined {
  if (tables.has(name)) return tables.get(name)
  const [path = name] = name.split('<', 1)
  const list = (lists[name] ?? lists[path] ?? lists[namespace])?.()
  const found = list?.find(({ type }) => type === name)?.members()
  const made = found ?? (name.endsWith('Exception') ? exceptionMembers() : undefined)
  tables.set(name, made)
  return made
}

/** What runs a member: by its full signature, else by its name, else what all values have; undefined where there is nothing. */
export function findImplementation(use: MemberUse, write: boolean): Implementation | undefined {
  const { member } = use
  const own = table(member.declaring)
  const signature = member.key.slice(member.declaring.name.length + 1)
  const suffix = write ? '=' : ''
  const found = lookUp(own, signature + suffix) ?? lookUp(own, member.name + suffix)
  if (found instanceof Bound) return found.bind(use)
  return found ?? (write ? undefined : commonMember(use))
}

/** Only what a table itself holds: a member may be called `constructor`. */
function lookUp(members: MemberTable | undefined, key: string): Implementation | Bound | undefined {
  return members !== undefined && Object.hasOwn(members, key) ? members[key] : undefined
}

/** What runs a member. @throws ApimKitError `not-supported` by its name when there is nothing */
export function implementationOf(use: MemberUse, write: boolean): Delegate {
  const found = findImplementation(use, write)
  if (found === undefined) {
    const key = use.member.key + (write ? '=' : '')
    const reason = reasonAgainst(use.member.declaring.name, key) ?? 'it has no implementation'
    throw new ApimKitError('not-supported', `The emulator does not run ${key}: ${reason}.`)
  }
  return asDelegate(found)
}
