/*
 * URL templates of operations: `/orders/{id}`, `/files/{*path}`, `/items/{id}?why={why}`.
 */

/** The names of a template's parameters, a wildcard's star left off. */
export function parameterNames(template: string): string[] {
  return Array.from(template.matchAll(parameter), ([, , name = '']) => name)
}

/** A template without the names: two that give the same cannot be told apart by a request. */
export function withoutNames(template: string): string {
  return template.replaceAll(parameter, '{$1}')
}

const parameter = /\{(\*?)([^{}]*)\}/g

/** What is wrong with the text of a template; nothing where it can be read. */
export function templateFaults(template: string): string[] {
  const rest = template.replaceAll(parameter, '')
  const names = parameterNames(template)
  const lowered = names.map((name) => name.toLowerCase())
  const twice = names.filter((_name, index) => lowered.indexOf(lowered[index] ?? '') < index)
  return [
    ...(/[{}]/.test(rest) ? ['has a brace without its other half; write a parameter as {name}'] : []),
    ...(names.some((name) => !/^[^\s/?&=]+$/.test(name))
      ? ['has a parameter without a proper name; write {name}']
      : []),
    ...twice.map((name) => `has the parameter {${name}} twice; give each its own name`),
  ]
}
