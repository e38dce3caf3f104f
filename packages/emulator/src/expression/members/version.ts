import type { Cell } from '../compile/frame.js'
import { argumentException, argumentNull } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { membersOf, type TypeMembers } from './members.js'

/** `System.Version`; parts that are not given are -1. */
class Version {
  static readonly clrName = 'System.Version'
  readonly parts: readonly number[]

  constructor(...parts: number[]) {
    this.parts = [0, 1, 2, 3].map((index) => parts[index] ?? -1)
  }

  static tryParse(text: string): Version | undefined {
    return /^\s*\d+(\.\d+){1,3}\s*$/.test(text) ? new Version(...text.split('.').map(Number)) : undefined
  }

  static parse(text: string | null): Version {
    if (text === null) throw argumentNull('input')
    const version = Version.tryParse(text)
    if (version === undefined) throw argumentException('Version string portion was too short or too long.', 'input')
    return version
  }

  compare(other: Version): number {
    for (const [index, part] of this.parts.entries()) {
      const difference = part - (other.parts[index] ?? -1)
      if (difference !== 0) return Math.sign(difference)
    }
    return 0
  }

  /** The parts that were given. */
  get given(): readonly number[] {
    return this.parts.filter((part) => part >= 0)
  }

  clrText(count = this.given.length): string {
    const most = this.given.length
    if (count < 0 || count > most) throw argumentException(`Argument must be between 0 and ${most}.`, 'fieldCount')
    return this.given.slice(0, count).join('.')
  }
}

/** Null comes before every version. */
function compare(a: Version | null, b: Version | null): number {
  return a === null || b === null ? Number(b === null) - Number(a === null) : a.compare(b)
}

const operator = (test: (order: number) => boolean) => (a: Version | null, b: Version | null) => test(compare(a, b))

export const versionMembers: readonly TypeMembers[] = [
  membersOf('System.Version', () => ({
    '.ctor(string)': (text: string | null) => Version.parse(text),
    '.ctor()': () => new Version(0, 0),
    '.ctor': (...parts: number[]) => new Version(...parts),
    Major: (self: Version) => self.parts[0],
    Minor: (self: Version) => self.parts[1],
    Build: (self: Version) => self.parts[2],
    Revision: (self: Version) => self.parts[3],
    MajorRevision: (self: Version) => (self.parts[3] ?? 0) >> 16,
    MinorRevision: (self: Version) => ((self.parts[3] ?? 0) << 16) >> 16,
    Clone: (self: Version) => new Version(...self.given),
    Parse: (text: string | null) => Version.parse(text),
    TryParse: (text: string | null, result: Cell) => {
      const version = text === null ? undefined : Version.tryParse(text)
      result.value = version ?? null
      return version !== undefined
    },
    'CompareTo(object)': (self: Version, other: ClrValue) => {
      if (other !== null && !(other instanceof Version)) throw argumentException('Object must be of type Version.')
      return compare(self, other)
    },
    CompareTo: compare,
    ToString: (self: Version, count?: number) => self.clrText(count),
    'Equals(object)': (self: Version, other: ClrValue) => other instanceof Version && self.compare(other) === 0,
    Equals: operator((order) => order === 0),
    GetHashCode: ({ parts: [major = 0, minor = 0, build = 0, revision = 0] }: Version) =>
      ((major & 0xf) << 28) | ((minor & 0xff) << 20) | ((build & 0xff) << 12) | (revision & 0xfff),
    op_Equality: operator((order) => order === 0),
    op_Inequality: operator((order) => order !== 0),
    op_LessThan: operator((order) => order < 0),
    op_GreaterThan: operator((order) => order > 0),
    op_LessThanOrEqual: operator((order) => order <= 0),
    op_GreaterThanOrEqual: operator((order) => order >= 0),
  })),
]
