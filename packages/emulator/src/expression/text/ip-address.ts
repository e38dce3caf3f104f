import { nodeNet } from '../node-modules.js'

/**
 * The four bytes of an IPv4 address in any of its forms: `1.2` is 1.0.0.2, a part that begins with `0x` is hexadecimal and one that
 * begins with `0` octal.
 */
export function parseIpv4(text: string): number[] | undefined {
  const numbers = text.split('.').map(partOf)
  const last = numbers.pop()
  const isPart = (part: number | undefined): part is number => part !== undefined && part <= 255
  if (last === undefined || numbers.length > 3 || !numbers.every(isPart) || last >= 256 ** (4 - numbers.length))
    return undefined
  const rest = Array.from({ length: 4 - numbers.length }, (_, index) => Math.floor(last / 256 ** index) % 256).reverse()
  return [...numbers, ...rest]
}

function partOf(part: string): number | undefined {
  if (/^0x[0-9a-f]+$/i.test(part)) return Number.parseInt(part, 16)
  if (/^0[0-7]+$/.test(part)) return Number.parseInt(part, 8)
  return /^(?:0|[1-9]\d*)$/.test(part) ? Number(part) : undefined
}

/** The sixteen bytes of an IPv6 address without brackets and scope. */
export function parseIpv6(text: string): number[] | undefined {
  if (!nodeNet().isIPv6(text)) return undefined
  const dotted = /^(.*:)([\d.]+)$/.exec(text)
  const four = dotted?.[2]?.includes('.') === true ? parseIpv4(dotted[2]) : undefined
  const plain = four === undefined ? text : `${dotted?.[1] ?? ''}${hexPair(four, 0)}:${hexPair(four, 2)}`
  const [head = '', tail] = plain.split('::')
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const [left, right] = [groups(head), groups(tail ?? '')]
  const middle = new Array<number>(8 - left.length - right.length).fill(0)
  return [...left, ...middle, ...right].flatMap((group) => [group >> 8, group & 255])
}

const hexPair = (bytes: readonly number[], at: number): string =>
  (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16)

/** The text of sixteen bytes: the longest run of zeros is left out, an embedded IPv4 address has points. */
export function ipv6Text(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) => hexPair(bytes, index * 2))
  const isEmbedded = groups.slice(0, 5).every((group) => group === '0') && (groups[5] === 'ffff' || groups[5] === '0')
  if (isEmbedded && groups[6] !== '0') return `${groups[5] === 'ffff' ? '::ffff:' : '::'}${bytes.slice(12).join('.')}`
  const longest = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].reduce(
    (best, run) => (run[0].replace(/^:/, '').length > best.length ? run[0].replace(/^:/, '') : best),
    '',
  )
  const text = groups.join(':')
  return longest === '' ? text : text.replace(new RegExp(`(?:^|:)${longest}(?:$|:)`), '::')
}
