import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { validateXML } from 'xmllint-wasm'

const folder = fileURLToPath(new URL('xsd', import.meta.url))

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.xsd'))
  .map((fileName) => ({ fileName, contents: readFileSync(`${folder}/${fileName}`, 'utf8') }))

const root = files.filter(({ fileName }) => fileName === 'policies.xsd')
const included = files.filter(({ fileName }) => fileName !== 'policies.xsd')

/**
 * What Microsoft's schemas find wrong with documents in the form `xml`, by libxml2.
 *
 * @param documents - texts by a name of your choice
 * @returns the messages by that name; nothing for a document that is valid
 */
export async function schemaFaults(documents: Readonly<Record<string, string>>): Promise<Map<string, string[]>> {
  const names = Object.keys(documents)
  const xml = Object.values(documents).map((contents, index) => ({ fileName: `${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema: root, preload: included })
  const faults = new Map<string, string[]>()
  for (const { loc, rawMessage, message } of errors) {
    // After the faults of a document comes a line that it has some.
    if (rawMessage.endsWith(' fails to validate')) continue
    const name = names[Number.parseInt(loc?.fileName ?? '', 10)]
    if (name === undefined) throw new Error(`the schemas cannot be used: ${rawMessage}`)
    faults.set(name, [...(faults.get(name) ?? []), message])
  }
  return faults
}
