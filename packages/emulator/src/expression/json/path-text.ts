/** Names with these stand in brackets. */
const special = /[. [\]()]/

/** A path with one name more: `a.b`, `a['b c']`. */
export function pathWithName(path: string, name: string): string {
  if (special.test(name)) return `${path}['${name}']`
  return path === '' ? name : `${path}.${name}`
}
