const objects = new WeakMap<object, number>()
let last = 0x2f0b
/** A hash code: equal for equal keys. .NET's own numbers differ from run to run and are not reproduced, but for small integers. */
export function hashCode(key: unknown): number {
  if (typeof key === 'number' && Number.isInteger(key)) return key | 0
  if (typeof key === 'boolean') return Number(key)
  if (typeof key === 'object' && key !== null) return objectHash(key)
  let hash = 0
  for (const unit of String(key)) hash = (Math.imul(hash, 31) + (unit.codePointAt(0) ?? 0)) | 0
  return hash
}

function objectHash(key: object): number {
  let hash = objects.get(key)
  if (hash === undefined) {
    hash = last = (Math.imul(last, 16807) + 1) & 0x7fffffff
    objects.set(key, hash)
  }
  return hash
}
