import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { XAttribute, XElement, XName, XText } from './nodes.js'
import { parseElement } from './parse.js'
import { writeXml } from './write.js'

const name = fc
  .constantFrom('a', 'b', 'long-name', '_x')
  .chain((local) => fc.constantFrom('', 'urn:x', 'urn:y').map((uri) => new XName(local, uri)))
// Control characters but tab and line feed do not exist in XML; white space alone would be dropped.
const text = fc
  .string({ unit: fc.constantFrom('x', '<', '&', '>', '"', "'", 'é', '😀', ' ') })
  .map((value) => `.${value}.`)

const element: fc.Arbitrary<XElement> = fc.letrec<{ element: XElement }>((tie) => ({
  element: fc
    .tuple(
      name,
      fc.uniqueArray(fc.tuple(name, text), { maxLength: 3, selector: ([own]) => own.clrText() }),
      fc.array(fc.oneof({ maxDepth: 3 }, text, tie('element')), { maxLength: 3 }),
    )
    .map(([own, attributes, content]) => {
      const result = new XElement(own)
      for (const [attribute, value] of attributes) result.addAttribute(new XAttribute(attribute, value))
      for (const part of content) result.insertNode(typeof part === 'string' ? new XText(part) : part)
      return result
    }),
})).element

/** What a document says, whatever prefixes it uses. */
function meaning(node: XElement): unknown {
  const attributes = node.attributes
    .filter((own) => !own.isNamespaceDeclaration)
    .map((own) => [own.name.clrText(), own.value])
  const content = node.nodes.map((child) =>
    child instanceof XElement ? meaning(child) : child instanceof XText ? child.value : null,
  )
  const joined = content.reduce<unknown[]>((all, part) => {
    if (typeof part === 'string' && typeof all.at(-1) === 'string') all.push(`${String(all.pop())}${part}`)
    else all.push(part)
    return all
  }, [])
  return [node.name.clrText(), attributes, joined]
}

describe('XML', () => {
  it('says the same when it is read back', () => {
    fc.assert(
      fc.property(element, (tree) => {
        expect(meaning(parseElement(writeXml(tree, { indented: false })))).toEqual(meaning(tree))
      }),
    )
  })

  it('refuses other text with an XmlException and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('<>/="\'&;ab:!-[] ?x#1')) }), (source) => {
        try {
          parseElement(source)
        } catch (error) {
          expect(error).toMatchObject({ typeName: 'System.Xml.XmlException' })
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('namespaces of a part', () => {
  it.each([
    [`<a xmlns="u"><b/></a>`, '<b xmlns="u" />'],
    [`<a xmlns:p="u"><p:b p:c="1" d="2"/></a>`, '<p:b p:c="1" d="2" xmlns:p="u" />'],
    [`<a xmlns="u"><b xmlns=""><c/></b></a>`, '<b xmlns=""><c /></b>'],
  ])('%s: its first element is %s', (source, text) => {
    const [first] = parseElement(source).elements
    expect(first && writeXml(first, { indented: false })).toBe(text)
  })

  it('are declared behind the attributes, where nothing declares them', () => {
    const element = new XElement(new XName('a', 'u'))
    element.addAttribute(new XAttribute(new XName('x'), '1'))
    element.insertNode(new XElement(new XName('b', 'u')))
    expect(writeXml(element, { indented: false })).toBe('<a x="1" xmlns="u"><b /></a>')
  })
})
