import { check, read } from '@apim-kit/policy-dsl'
import { XMLBuilder } from 'fast-xml-parser'
import { SaxesParser } from 'saxes'
import { corpus, orderedObject } from './corpus.js'
import { compare, rate, type Row } from './measure.js'

/**
 * Reading, writing and checking the project's corpus, against XML libraries, which know neither expressions nor policies. Rates are
 * documents a second.
 */
export async function benchmark(): Promise<readonly Row[]> {
  const documents = corpus()
  const objects = documents.map(({ document }) => orderedObject(document))
  const perDocument = async (work: () => void): Promise<number> => (await rate(work, 60)) * documents.length
  const readXml = (): Promise<number> => perDocument(() => documents.forEach(({ xml }) => read(xml)))
  const readRawXml = (): Promise<number> => perDocument(() => documents.forEach(({ rawXml }) => read(rawXml)))
  const saxes = (): Promise<number> => perDocument(() => documents.forEach(({ xml }) => events(xml)))
  const saxesTree = (): Promise<number> => perDocument(() => documents.forEach(({ xml }) => tree(xml)))
  const build = (): Promise<number> => perDocument(() => objects.forEach((object) => builder.build(object)))
  const checkAll = (): Promise<number> => perDocument(() => documents.forEach(({ document }) => check(document)))
  // A program that reads one document reads more; what is compiled on the way is not what is compared.
  for (let round = 0; round < 8; round++) for (const work of [readRawXml, readXml, saxes, saxesTree]) await work()
  const row = (name: string, subject: () => Promise<number>, rival: () => Promise<number>): Promise<Row> =>
    compare(name, subject, rival, { rounds: 21 })
  return [
    await row('read rawxml (rival: saxes alone, escaped)', readRawXml, saxes),
    await row('read xml (rival: saxes alone)', readXml, saxes),
    await row('read rawxml (rival: saxes making a tree with places)', readRawXml, saxesTree),
    await row('read xml (rival: saxes making a tree with places)', readXml, saxesTree),
    await row(
      'write rawxml (rival: fast-xml-parser)',
      () => perDocument(() => documents.forEach(({ document }) => document.toRawXml())),
      build,
    ),
    await row(
      'write xml (rival: fast-xml-parser)',
      () => perDocument(() => documents.forEach(({ document }) => document.toXml())),
      build,
    ),
    await row('check, with C# (rival: saxes alone)', checkAll, saxes),
  ]
}

// Deprecated for a package of its own, which is what it calls; but this is the builder that people have.
// oxlint-disable-next-line typescript/no-deprecated
const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  commentPropName: '#comment',
  suppressEmptyNode: true,
  format: true,
  indentBy: '    ',
})

/** Hears of everything that a document holds, and keeps nothing. */
function events(xml: string): number {
  const saxes = new SaxesParser()
  let nodes = 0
  const count = (): void => {
    nodes += 1
  }
  saxes.on('opentag', count)
  saxes.on('closetag', count)
  saxes.on('text', count)
  saxes.on('comment', count)
  saxes.on('cdata', count)
  saxes.write(xml).close()
  return nodes
}

interface Branch {
  readonly name: string
  readonly children: unknown[]
}

/** What a program that works on the document would have saxes do: nodes, each with its line and column. */
function tree(xml: string): Branch {
  const saxes = new SaxesParser()
  const root: Branch = { name: '', children: [] }
  const open = [root]
  const add = (node: object): void => {
    open.at(-1)?.children.push(Object.assign(node, { line: saxes.line, column: saxes.column }))
  }
  saxes.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: Object.entries(attributes), children: [] }
    add(element)
    open.push(element)
  })
  saxes.on('closetag', () => open.pop())
  saxes.on('text', (text) => {
    if (text.trim() !== '') add({ text })
  })
  saxes.on('comment', (comment) => add({ comment }))
  saxes.write(xml).close()
  return root
}
