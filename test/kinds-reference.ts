import { readdirSync, readFileSync } from 'node:fs'
import { kinds, type Kind } from '@apim-kit/core'
import type { Field, Fields } from '@apim-kit/core/fields'

const folder = new URL('../packages/core/src/kinds/', import.meta.url)

/** The sources of the kinds: doc comments of fields stand there and nowhere else. */
const sources = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.includes('.test'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))

/** The page of every kind, by file name, and a page that lists them. */
export function kindPages(): ReadonlyMap<string, string> {
  const all = Object.values<Kind>(kinds)
  const pages = all.map((kind): [string, string] => [`${kebab(kind.kind)}.md`, page(kind)])
  const rows = all.map(({ kind, title, armType }) => `| [${kind}](${kebab(kind)}.md) | ${title} | \`${armType}\` |`)
  const index = `# Resource kinds\n\nMade from the descriptors in \`packages/core/src/kinds\`.\n\n${table(['kind', 'what', 'ARM type'], rows)}\n`
  return new Map([...pages, ['README.md', index]])
}

function page(kind: Kind): string {
  const fields = fieldRows(kind, kind.fields, '')
  return [
    `# ${kind.title}`,
    ['', ...facts(kind).map((fact) => `- ${fact}`)].join('\n').trim(),
    ...(fields.length > 0 ? [table(['field', 'type', 'what', 'notes'], fields)] : []),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

function facts({ armType, kind, name, parent, protocol, sdk, ...rest }: Kind): string[] {
  const { builtIn, links, maxPerParent, referredBy, unique } = rest
  return [
    `kind \`${kind}\`, ARM type \`${armType}\``,
    `below: ${parent?.title ?? 'a resource group'}`,
    `name: ${name.words}`,
    ...(links === undefined
      ? []
      : [`ties the ${kinds[links as keyof typeof kinds].title} of its own name to its parent`]),
    ...(builtIn.length === 0 ? [] : [`there without anybody creating them: ${builtIn.join(', ')}`]),
    ...(maxPerParent === undefined ? [] : [`at most ${maxPerParent.toLocaleString('en')} below one parent`]),
    ...unique.map(({ words, nameless }) =>
      nameless === true
        ? `only one below a parent has the same ${words}, and its name matters to nobody`
        : `only one below a parent has the same ${words}`,
    ),
    ...(sdk.reveal === undefined ? [] : [`tells its secrets on request: \`${sdk.reveal}\``]),
    ...(referredBy === undefined ? [] : [`policies name it by \`${referredBy}\``]),
    `SDK: \`${sdk.group}\`: ${[sdk.list, sdk.get, sdk.put, sdk.delete].filter((method) => method !== undefined).join(', ')}`,
    `entity tag: ${protocol.entityTag ? 'yes' : 'none'}; PUT ${protocol.longRunning ? 'may be' : 'is not'} long-running`,
  ]
}

function fieldRows(kind: Kind, fields: Fields, path: string): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const at = `${path}${name}`
    const row = `| \`${at}\` | ${typeOf(field)} | ${describe(kind, name)} | ${notes(field).join('; ')} |`
    const inner = field.fields ?? field.item?.fields ?? field.item?.item?.fields
    return [row, ...(inner === undefined ? [] : fieldRows(kind, inner, `${at}${field.fields ? '' : '[]'}.`))]
  })
}

function typeOf({ type, item, values }: Field): string {
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(', ')
  if (type === 'list') return `list of ${item === undefined ? 'text' : typeOf(item)}`
  if (type === 'map') return `map of ${item === undefined ? 'text' : typeOf(item)}`
  return type
}

function notes({ options }: Field): string[] {
  const { computed, filled, max, min, refersTo, alsoRefersTo, required, secretKeys, writeOnly } = options
  const range = [min, max].some((bound) => bound !== undefined) ? [`${min ?? 'any'} to ${max ?? 'any'}`] : []
  const referred = [refersTo, alsoRefersTo].filter((kind) => kind !== undefined)
  return [
    ...(required ? ['required'] : []),
    ...(options.default === undefined ? [] : [`default \`${JSON.stringify(options.default)}\``]),
    ...(computed ? ['set by the service'] : []),
    ...(filled ? ['filled in by the service when left out'] : []),
    ...(writeOnly ? ['never compared'] : []),
    ...(options.mayBeHidden ? ['not compared where an answer leaves it out'] : []),
    ...(options.remembered ? ['remembered by its fingerprint'] : []),
    ...(options.secret ? ['may be a secret'] : []),
    ...(options.namedValues ? ['may hold named values'] : []),
    ...(secretKeys === undefined ? [] : [`secret: ${secretKeys.join(', ')}`]),
    ...(referred.length === 0 ? [] : [`names a ${referred.join(' or ')}`]),
    ...range,
  ]
}

/** The doc comment of a field, where its name stands for one field alone in the kind's own source, or in all sources. */
function describe({ kind }: Kind, name: string): string {
  const own = sources.filter((source) => source.includes(`kind: '${kind}'`) || source.includes(`('${kind}', `))
  const found = [own, sources].map((files) => files.flatMap((source) => definitionsOf(source, name)))
  const only = found.find((definitions) => definitions.length > 0)
  return only?.length === 1 ? (only[0] ?? '') : ''
}

/** The doc comments of all fields of a name, empty for those without. */
function definitionsOf(source: string, name: string): string[] {
  const definition = new RegExp(String.raw`(?:/\*\*((?:(?!\*/)[^])*)\*/\s+)?\b${name}(?:: (?:\w+)\(|: \w+,\n|,\n)`, 'g')
  return [...source.matchAll(definition)].map(([, text = '']) =>
    text
      .replaceAll(/\s*\n\s*\*\s?/g, ' ')
      .replaceAll('|', String.raw`\|`)
      .trim(),
  )
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows].join('\n')
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
