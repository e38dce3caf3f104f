import { ApimKitError } from '@apim-kit/core/errors'
import type { MemberUse } from '@apim-kit/policy-dsl/expression'
import type { Delegate } from '../compile/frame.js'
import { arrayMembers } from './array.js'
import { certificateMembers } from './certificate.js'
import { charMembers } from './char.js'
import { collectionMembers } from './collections.js'
import { commonMember } from './common.js'
import { contextMembers } from './context.js'
import { convertMembers } from './convert.js'
import { cryptoMembers } from './crypto.js'
import { encodingMembers } from './encoding.js'
import { exceptionMembers } from './exceptions.js'
import { globalizationMembers } from './globalization.js'
import { guidMembers } from './guid.js'
import { ioMembers } from './io.js'
import { jsonConvertMembers } from './json-convert.js'
import { jsonTokenMembers } from './json-token.js'
import { linqMembers } from './linq.js'
import { mathMembers, randomMembers } from './math.js'
import { asDelegate, Bound, type Implementation, type MemberTable } from './members.js'
import { numberMembers } from './numbers.js'
import { objectMembers } from './object.js'
import { regexMembers } from './regex.js'
import { stringBuilderMembers } from './string-builder.js'
import { stringMembers } from './string.js'
import { timeMembers } from './time.js'
import { reasonAgainst } from './unsupported.js'
import { uriMembers } from './uri.js'
import { versionMembers } from './version.js'
import { xmlDocumentMembers } from './xml-document.js'
import { xmlMembers } from './xml.js'

let makers: ReadonlyMap<string, () => MemberTable> | undefined
const tables = new Map<string, MemberTable | undefined>()

/** The implementations of a type; put together when first asked for. */
function table(name: string): MemberTable | undefined {
  if (tables.has(name)) return tables.get(name)
  makers ??= new Map(
    [
      ...objectMembers,
      ...numberMembers,
      ...mathMembers,
      ...randomMembers,
      ...stringMembers,
      ...charMembers,
      ...stringBuilderMembers,
      ...convertMembers,
      ...encodingMembers,
      ...guidMembers,
      ...timeMembers,
      ...globalizationMembers,
      ...versionMembers,
      ...uriMembers,
      ...ioMembers,
      ...xmlMembers,
      ...xmlDocumentMembers,
      ...regexMembers,
      ...arrayMembers,
      ...collectionMembers,
      ...linqMembers,
      ...jsonTokenMembers,
      ...jsonConvertMembers,
      ...cryptoMembers,
      ...certificateMembers,
      ...contextMembers,
    ].map(({ type, members }) => [type, members]),
  )
  const found = makers.get(name)?.() ?? (name.endsWith('Exception') ? exceptionMembers() : undefined)
  tables.set(name, found)
  return found
}

/** What runs a member: by its full signature, else by its name, else what all values have; undefined where there is nothing. */
export function findImplementation(use: MemberUse, write: boolean): Implementation | undefined {
  const { member } = use
  const own = table(member.declaring.name)
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
