import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('LINQ to XML', () => {
  it.each([
    ['@(XElement.Parse("<a><b>1</b><b>2</b></a>"))', '<a>\n  <b>1</b>\n  <b>2</b>\n</a>'],
    ['@(XElement.Parse("<a>text<b/>more</a>"))', '<a>text<b />more</a>'],
    ['@(XElement.Parse("<a x=\'1\'/>"))', '<a x="1" />'],
    ['@(XElement.Parse("<a><b>1</b><c>2</c></a>").Value)', '12'],
    ['@(XElement.Parse("<a xmlns=\'urn:x\'><b>1</b></a>").Element("b") == null)', 'True'],
    ['@(XElement.Parse("<a xmlns=\'urn:x\'><b>1</b></a>").Element(XName.Get("b", "urn:x")).Value)', '1'],
    ['@(XElement.Parse("<a xmlns=\'urn:x\'><b>1</b></a>").Elements().First().Name)', '{urn:x}b'],
    ['@((string)XElement.Parse("<a/>").Element("nope") == null)', 'True'],
    ['@((int)XElement.Parse("<a><b>41</b></a>").Element("b") + 1)', '42'],
    ['@((bool)XElement.Parse("<a b=\'1\'/>").Attribute("b"))', 'True'],
    ['@((int)XElement.Parse("<a/>").Element("nope"))', 'ArgumentNullException'],
    ['@(new XElement("a", "x < y & \\"z\\""))', '<a>x &lt; y &amp; "z"</a>'],
    ['@(new XElement("a", new XAttribute("q", "<\\"&")))', '<a q="&lt;&quot;&amp;" />'],
    [
      '@(new XElement("r", new[] { 1, 2 }.Select(i => new XElement("i", i))).ToString(SaveOptions.DisableFormatting))',
      '<r><i>1</i><i>2</i></r>',
    ],
    [
      '@(new XElement(XNamespace.Get("urn:x") + "a", new XElement("b")).ToString(SaveOptions.DisableFormatting))',
      '<a xmlns="urn:x"><b xmlns="" /></a>',
    ],
    ['@(new XElement("a", true, 1.5, new XCData("<b>")))', '<a>true1.5<![CDATA[<b>]]></a>'],
    ['@(XDocument.Parse("<?xml version=\\"1.0\\"?><!--c--><a/>"))', '<!--c-->\n<a />'],
    ['@(XDocument.Load(XmlReader.Create(new StringReader("<a>1</a>"))).Root.Value)', '1'],
    [
      '@{ var x = XElement.Parse("<a><b>1</b></a>"); x.Element("b").Value = "2"; x.Add(new XElement("c")); x.SetAttributeValue("k", "v"); return x.ToString(SaveOptions.DisableFormatting); }',
      '<a k="v"><b>2</b><c /></a>',
    ],
    ['@{ var x = XElement.Parse("<a><b/><b/></a>"); x.Elements("b").Remove(); return x; }', '<a />'],
    [
      '@(string.Join(",", XElement.Parse("<a><b><c/></b><d/></a>").Descendants().Select(e => e.Name.LocalName)))',
      'b,c,d',
    ],
    [
      '@{ var w = new StringWriter(); new XDocument(new XElement("a")).Save(w); return w.ToString(); }',
      '<?xml version="1.0" encoding="utf-16"?>\n<a />',
    ],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('text that is no XML', () => {
  it.each([
    ['@(XElement.Parse("<a>"))', 'XmlException'],
    ['@(XElement.Parse("text"))', 'XmlException'],
    ['@(XElement.Parse("<a></b>"))', 'XmlException'],
    ['@(XElement.Parse("<a>&nope;</a>"))', 'XmlException'],
    ['@(XElement.Parse("<p:a/>"))', 'XmlException'],
    ['@(XElement.Parse(null))', 'ArgumentNullException'],
    ["@(XElement.Parse(\"<a b='1' b='2'/>\"))", 'XmlException'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
