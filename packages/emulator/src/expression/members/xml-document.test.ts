import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

/** What statements come to, with `d` as a document of this text. */
const result = (xml: string, statements: string): string => {
  const text = JSON.stringify(xml)
  const row = evaluateExpression(`@{ var d = new XmlDocument(); d.LoadXml(${text}); ${statements} }`)
  return row.ok ? row.text : row.error.code
}

const soap =
  '<s:Envelope xmlns:s="urn:s"><s:Body><m:Get xmlns:m="urn:m" id="7"><m:Name>a</m:Name><m:Name>b</m:Name></m:Get></s:Body></s:Envelope>'

describe('XmlDocument', () => {
  it.each([
    ['return d.DocumentElement.Name;', 's:Envelope'],
    [
      'return d.DocumentElement.LocalName + "|" + d.DocumentElement.Prefix + "|" + d.DocumentElement.NamespaceURI;',
      'Envelope|s|urn:s',
    ],
    ['return d.OuterXml;', soap],
    ['return d.InnerText;', 'ab'],
    ['return d.GetElementsByTagName("m:Name").Count;', '2'],
    ['return d.GetElementsByTagName("Name", "urn:m")[1].InnerText;', 'b'],
    ['return d.SelectSingleNode("//*[local-name()=\'Name\']").InnerText;', 'a'],
    [
      'var n = new XmlNamespaceManager(d.NameTable); n.AddNamespace("x", "urn:m"); return d.SelectSingleNode("//x:Get/@id", n).Value;',
      '7',
    ],
    [
      'var n = new XmlNamespaceManager(d.NameTable); n.AddNamespace("x", "urn:m"); return d.SelectNodes("//x:Name", n).Cast<XmlNode>().Select(i => i.InnerText).Aggregate((a, b) => a + b);',
      'ab',
    ],
    ['return d.SelectSingleNode("//x:Get");', 'XPathException'],
    ['return d.SelectSingleNode("//nope") == null;', 'True'],
    ['return d.SelectSingleNode("//Get/@id")?.Value ?? "none";', 'none'],
    [
      'var g = (XmlElement)d.DocumentElement.FirstChild.FirstChild; return g.GetAttribute("id") + g.HasAttribute("no") + g.GetAttribute("no");',
      '7False',
    ],
    [
      'string s = ""; foreach (XmlNode n in d.DocumentElement.FirstChild.FirstChild) s += n.Name + ";"; return s;',
      'm:Name;m:Name;',
    ],
    [
      'string s = ""; foreach (XmlAttribute a in d.DocumentElement.FirstChild.FirstChild.Attributes) s += a.Name + "=" + a.Value + ";"; return s;',
      'xmlns:m=urn:m;id=7;',
    ],
    ['return d.DocumentElement.FirstChild.FirstChild.Attributes["id"].Value;', '7'],
    [
      'return d.DocumentElement["s:Body"].FirstChild.OuterXml;',
      '<m:Get xmlns:m="urn:m" id="7"><m:Name>a</m:Name><m:Name>b</m:Name></m:Get>',
    ],
    ['return d.DocumentElement.FirstChild.FirstChild.FirstChild.OuterXml;', '<m:Name xmlns:m="urn:m">a</m:Name>'],
    ['return object.ReferenceEquals(d.DocumentElement, d.SelectSingleNode("/*"));', 'True'],
    ['return d.DocumentElement.OwnerDocument == d && d.DocumentElement.ParentNode == d;', 'True'],
  ])('%s', (statements, text) => {
    expect(result(soap, statements)).toBe(text)
  })

  it.each([
    [
      'var e = d.CreateElement("b"); e.InnerText = "x<y"; d.DocumentElement.AppendChild(e); return d.OuterXml;',
      '<a i="1"><b>x&lt;y</b></a>',
    ],
    [
      'd.DocumentElement.SetAttribute("i", "2"); d.DocumentElement.SetAttribute("j", "\\""); return d.OuterXml;',
      '<a i="2" j="&quot;" />',
    ],
    [
      'd.DocumentElement.InnerXml = "<b/><c>1</c>"; return d.DocumentElement.ChildNodes.Count + d.InnerXml;',
      '2<a i="1"><b /><c>1</c></a>',
    ],
    [
      'd.DocumentElement.InnerXml = "<b/><c/>"; d.DocumentElement.RemoveChild(d.DocumentElement.FirstChild); return d.InnerXml;',
      '<a i="1"><c /></a>',
    ],
    [
      'd.DocumentElement.InnerXml = "<b/>"; d.DocumentElement.InsertBefore(d.CreateTextNode("t"), d.DocumentElement.FirstChild); return d.InnerXml;',
      '<a i="1">t<b /></a>',
    ],
    [
      'd.DocumentElement.InnerText = "t"; object n = d.DocumentElement.FirstChild; return (n is XmlText) + n.GetType().Name + (n as XmlElement == null);',
      'TrueXmlTextTrue',
    ],
    ['d.DocumentElement.InnerText = "t"; return (XmlElement)d.DocumentElement.FirstChild;', 'InvalidCastException'],
    [
      'var x = new XmlDocument(); x.AppendChild(x.CreateXmlDeclaration("1.0", "utf-8", null)); x.AppendChild(x.CreateElement("r")); return x.OuterXml;',
      '<?xml version="1.0" encoding="utf-8"?><r />',
    ],
    ['d.DocumentElement.RemoveAttribute("i"); return d.OuterXml;', '<a />'],
    [
      'var e = d.CreateElement("p", "b", "urn:p"); d.DocumentElement.AppendChild(e); return d.OuterXml;',
      '<a i="1"><p:b xmlns:p="urn:p" /></a>',
    ],
    [
      'var x = new XmlDocument(); x.LoadXml("<q><r/></q>"); d.DocumentElement.AppendChild(d.ImportNode(x.DocumentElement, true)); return d.OuterXml;',
      '<a i="1"><q><r /></q></a>',
    ],
    [
      'var x = new XmlDocument(); x.LoadXml("<q/>"); d.DocumentElement.AppendChild(x.DocumentElement); return 1;',
      'ArgumentException',
    ],
    ['d.DocumentElement.AppendChild(d.DocumentElement); return 1;', 'ArgumentException'],
    ['d.LoadXml("<b><c/>"); return 1;', 'XmlException'],
    [
      'd.LoadXml("<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?><b> <c/> </b>"); return d.OuterXml + d.FirstChild.NodeType;',
      '<?xml version="1.0" encoding="utf-8"?><b><c /></b>XmlDeclaration',
    ],
    ['return JsonConvert.SerializeXmlNode(d);', '{"a":{"@i":"1"}}'],
    ['return JsonConvert.DeserializeXmlNode("{\\"a\\":{\\"b\\":[1,2]}}").OuterXml;', '<a><b>1</b><b>2</b></a>'],
    [
      'var c = (XmlElement)d.DocumentElement.CloneNode(false); c.SetAttribute("i", "9"); return d.OuterXml + c.OuterXml;',
      '<a i="1" /><a i="9" />',
    ],
  ])('changed: %s', (statements, text) => {
    expect(result('<a i="1"/>', statements)).toBe(text)
  })
})
