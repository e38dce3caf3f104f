import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string): string => {
  const row = evaluateExpression(expression)
  return row.ok ? row.text : row.error.code
}

const over = (xml: string, statements: string): string =>
  text(`@{ using (var r = XmlReader.Create(new StringReader("${xml.replaceAll('"', '\\"')}"))) { ${statements} } }`)

describe('XmlReader', () => {
  it('meets starts, ends, text and white space in order', () => {
    const walk = 'var s = ""; while (r.Read()) s += r.NodeType + ":" + r.Name + r.Value + r.Depth + " "; return s;'
    expect(over('<?xml version="1.0"?><a><!--c--> <b x="1">t</b><c/></a>', walk)).toBe(
      'XmlDeclaration:xmlversion="1.0"0 Element:a0 Comment:c1 Whitespace: 1 Element:b1 Text:t2 EndElement:b1 Element:c1 EndElement:a0 ',
    )
  })

  it('goes to content, to a name, and to attributes', () => {
    expect(over('<?xml version="1.0"?><!--c--><a/>', 'return r.MoveToContent() + r.Name + r.IsEmptyElement;')).toBe(
      'ElementaTrue',
    )
    expect(over('<a><b><c>1</c></b></a>', 'r.ReadToFollowing("c"); return r.ReadElementContentAsString();')).toBe('1')
    expect(
      over('<a x="1" y="2"/>', 'r.Read(); r.MoveToNextAttribute(); return r.Name + r.Value + r.AttributeCount;'),
    ).toBe('x12')
    expect(
      over('<p:a xmlns:p="urn:x" p:y="2"/>', 'r.Read(); return r.Name + r.LocalName + r.GetAttribute("p:y");'),
    ).toBe('p:aa2')
  })

  it('hands out nodes, and stands behind them', () => {
    const readB = 'r.ReadToFollowing("b"); var e = XNode.ReadFrom(r) as XElement; return e.Value + r.Name;'
    expect(over('<a><b>1</b><c/></a>', readB)).toBe('1c')
    expect(over('<a><b>1</b><c/></a>', 'r.ReadToFollowing("b"); return r.ReadOuterXml() + r.Name;')).toBe('<b>1</b>c')
    expect(over('<a><b>1</b><c/></a>', 'r.MoveToContent(); return r.ReadInnerXml() + r.EOF;')).toBe('<b>1</b><c />True')
    expect(over('<a/>', 'return XNode.ReadFrom(r).ToString();')).toBe('InvalidOperationException')
  })

  it('reports a fault in the text when it reads', () => {
    expect(over('<a>', 'return 1;')).toBe('1')
    expect(over('<a>', 'return r.Read();')).toBe('XmlException')
  })
})
