import { describe, expect, test } from 'vitest'
import { childElements, Element, Expression, Literal, read, type Value } from './index.js'

const inbound = (xml: string): string => `<policies><inbound>${xml}</inbound></policies>`

/** The only policy of the section that was wrapped around it. */
function policyIn(text: string, format: 'xml' | 'rawxml' | 'auto' = 'auto'): Element {
  const { document, problems } = read(text, { format })
  expect(problems).toEqual([])
  const [policy] = childElements(document?.section('inbound') ?? new Element('none'))
  if (policy === undefined) throw new Error('no policy was read')
  return policy
}

const attribute = (policy: Element, name: string): Value | undefined =>
  policy.attributes.find((each) => each.name === name)?.value

describe('an expression in an attribute', () => {
  test.each([
    ['quotes', '@(x["y"] == "z")'],
    ['less than and ampersands', '@(a < b && c)'],
    ['generics', '@(context.Request.Body.As<JObject>()["a"])'],
    ['a bracket in a string', '@(f(")"))'],
    ['a bracket in a char', "@(f(')'))"],
    ['an escaped quote', '@(f("\\")"))'],
    ['a verbatim string', '@(f(@"C:\\", @"a"")b"))'],
    ['an interpolated string', '@($"a{b["c"]}d{(e ? ")" : "(")}")'],
    ['comments', '@{ /* ) " */ // } "\n return 1; }'],
    ['what looks like the end of the tag', '@("/>" + " b=\\"c\\">")'],
    ['a named value', '@("{{name}}" + {{code}})'],
  ])('with %s, as typed', (_, source) => {
    const policy = policyIn(inbound(`<set-variable name="a" value="${source}" id="x" />`))
    expect(attribute(policy, 'value')).toMatchObject({ kind: 'expression', source })
    expect(attribute(policy, 'id')).toMatchObject({ kind: 'literal', text: 'x' })
  })

  test.each([
    ['@(x[&quot;y&quot;] == &quot;)&quot;)', '@(x["y"] == ")")'],
    ['@(a &lt; b &amp;&amp; c &gt; d)', '@(a < b && c > d)'],
    ['@(&quot;&amp;amp;&quot;)', '@("&amp;")'],
    ['@{ // c&#10;return 1; }', '@{ // c\nreturn 1; }'],
    ['@(&#x22;x&#34;)', '@("x")'],
  ])('escaped: %s', (escaped, source) => {
    for (const format of ['auto', 'xml'] as const) {
      expect(attribute(policyIn(inbound(`<set-variable value="${escaped}" />`), format), 'value')).toMatchObject({
        source,
      })
    }
  })

  test('in single quotes', () => {
    const policy = policyIn(inbound(`<when condition='@(x == "a" && y == '"')' b='c' />`))
    expect(attribute(policy, 'condition')).toMatchObject({ source: `@(x == "a" && y == '"')` })
    expect(attribute(policy, 'b')).toMatchObject({ text: 'c' })
  })

  test('with white space around it', () => {
    expect(attribute(policyIn(inbound('<a b="\n  @(x["y"])\n" />')), 'b')).toMatchObject({ source: '@(x["y"])' })
  })
})

describe('entities in C# strings, which either form may mean', () => {
  const clear = (text: string): string => inbound(`<set-header name="a"><value>@("&amp;")</value></set-header>${text}`)

  test('stay as typed where nothing else tells', () => {
    expect(read(clear('')).document?.toRawXml()).toContain('@("&amp;")')
    expect(read(clear('<a b="@("typed")" />')).document?.toRawXml()).toContain('@("&amp;")')
  })

  test('are decoded where the document is escaped', () => {
    const { document, format } = read(clear('<a b="@(&quot;escaped&quot;)" />'))
    expect(document?.toRawXml()).toContain('@("&")')
    expect(format).toBe('xml')
  })

  test('follow the format where it is given', () => {
    expect(read(clear(''), { format: 'xml' }).document?.toRawXml()).toContain('@("&")')
    expect(read(clear('<a b="@(&quot;x&quot;)" />'), { format: 'rawxml' }).document?.toRawXml()).toContain(
      '@(&quot;x&quot;)',
    )
  })
})

describe('text', () => {
  test.each([
    ['@(a < b)', 'expression', '@(a < b)'],
    ['\n  @{ return "</value>"; }\n  ', 'expression', '@{ return "</value>"; }'],
    ['<![CDATA[@(a < b)]]>', 'expression', '@(a < b)'],
    ['@(a &lt; b)', 'expression', '@(a < b)'],
    ['  a &lt; b  ', 'literal', '  a < b  '],
    ['a<![CDATA[ <b> & ]]>c', 'literal', 'a <b> & c'],
    ['&#32;', 'literal', ' '],
    ['line\r\nbreak', 'literal', 'line\nbreak'],
    ['Hello @(x)', 'literal', 'Hello @(x)'],
    ['&#xe4;&#228;', 'literal', 'ää'],
  ])('%j', (text, kind, meaning) => {
    const [value] = policyIn(inbound(`<value>${text}</value>`)).children
    expect(value).toMatchObject(kind === 'literal' ? { kind, text: meaning } : { kind, source: meaning })
  })

  test('of layout alone is no node', () => {
    expect(policyIn(inbound('<a>\n  \n</a>')).children).toEqual([])
  })

  test('in the body of an XML message is kept to the blank', () => {
    const body = '<set-body>\n  <a x="1"> <b/>text</a>\n</set-body>'
    const again = read(inbound(body)).document?.toRawXml() ?? ''
    expect(again).toContain('<set-body>\n  <a x="1"> <b />text</a>\n</set-body>')
  })
})

describe('places', () => {
  const text =
    '\ufeff<policies>\r\n  <inbound>\r\n    <set-variable name="a"\r\n      value="@(\r\n  1 +)" />\r\n\t<!-- ü😀 --><base />\r\n  </inbound>\r\n</policies>'

  test('are given for every node, with lines and UTF-16 columns from 1', () => {
    const section = read(text).document?.section('inbound')
    expect(section?.position).toEqual({ line: 2, column: 3 })
    const [variable, comment, last] = section?.children ?? []
    expect(variable?.position).toEqual({ line: 3, column: 5 })
    expect(comment?.position).toEqual({ line: 6, column: 2 })
    expect(last?.position).toEqual({ line: 6, column: 14 })
    const attributes = variable instanceof Element ? variable.attributes : []
    expect(attributes.map(({ position }) => position)).toEqual([
      { line: 3, column: 19 },
      { line: 4, column: 7 },
    ])
    expect(attributes.map(({ value }) => value.position)).toEqual([
      { line: 3, column: 25 },
      { line: 4, column: 14 },
    ])
  })

  test('of syntax errors are those in the document', () => {
    const [problem] =
      read(text)
        .document?.problems()
        .filter(({ rule }) => rule === 'policy/expression') ?? []
    expect(problem).toMatchObject({ line: 5, column: 6, path: 'inbound/set-variable[1]/@value' })
  })

  test('of syntax errors are right behind entities', () => {
    const escaped = inbound('<set-variable name="a" value="@(&quot;a&quot; &lt; )" />')
    const [problem] =
      read(escaped)
        .document?.problems()
        .filter(({ rule }) => rule === 'policy/expression') ?? []
    expect(problem).toMatchObject({ line: 1, column: escaped.indexOf(')"') + 1 })
  })
})

test('line ends of every kind are one line feed, and one line more', () => {
  const { document } = read('<fragment>\r\n<a b="@(c\r\n)" />\r<d>e\r\nf&#13;</d></fragment>')
  const [one, other] = childElements(document?.root ?? new Element('none'))
  expect(one?.attributes[0]?.value).toMatchObject({ source: '@(c\n)', position: { line: 2, column: 7 } })
  expect(other).toMatchObject({ position: { line: 4, column: 1 }, children: [{ text: 'e\nf\r' }] })
})

describe('texts that are not well-formed', () => {
  test.each([
    ['', [1, 1, 'no element was found']],
    ['just text', [1, 1, 'text may not stand outside']],
    ['<policies><inbound></policies>', [1, 20, '<inbound> is still open']],
    ['<policies>', [1, 1, '<policies> is not closed']],
    ['<policies></inbound></policies>', [1, 11, '</inbound> closes nothing']],
    ['<policies /><fragment />', [1, 13, 'a document has one root']],
    ['<policies><!-- x</policies>', [1, 11, 'the comment does not end']],
    ['<!DOCTYPE x><policies />', [1, 1, 'may not stand in a policy document']],
    [inbound('<a b="1" b="2" />'), [1, 29, 'b stands twice']],
    [inbound('<a b />'), [1, 23, 'the attribute b has no value']],
    [inbound('<a b=1 />'), [1, 23, 'the attribute b has no value']],
    [inbound('<a b="x & y" />'), [1, 28, 'write &amp;']],
    [inbound('<a b="x < y" />'), [1, 28, 'write &lt;']],
    [inbound('<a>x < y</a>'), [1, 25, 'write &lt;']],
    [inbound('<a>&nbsp;</a>'), [1, 23, 'write &amp;']],
    [inbound('<a>&#0;</a>'), [1, 23, 'write &amp;']],
    [inbound('<a b="@(x" />'), [1, 29, 'left open']],
    [`${inbound('<a>@(x')}<`, [1, 24, 'left open']],
    [inbound('<a><![CDATA[x</a>'), [1, 23, 'the CDATA section does not end']],
  ] as const)('%j', (text, [line, column, message]) => {
    const { problems } = read(text)
    expect(problems).toContainEqual(
      expect.objectContaining({ line, column, severity: 'error', message: expect.stringContaining(message) as string }),
    )
  })

  test('are told all their faults in one pass, and the rest is read', () => {
    const { document, problems } = read(
      inbound('<a b=1 /><set-variable name="x" value="a & b"/><base/></c><d e="@(f["g"])"/>'),
    )
    expect(problems.map(({ message }) => message)).toHaveLength(3)
    const names = childElements(document?.section('inbound') ?? new Element('none')).map(({ name }) => name)
    expect(names).toEqual(['a', 'set-variable', 'base', 'd'])
  })

  test('an expression that C# does not end is kept where the markup ends it, and told by the checker', () => {
    const { document, problems } = read(inbound('<set-variable name="a" value="@("x=""" id="b" /><base />'))
    expect(problems.map(({ message }) => message)).toEqual([
      'the expression does not end: the bracket that begins here is left open',
    ])
    expect(document).toBeDefined()
    const kept = read(inbound('<set-variable name="a" value="@(f("x="""))" id="b" /><value>@("x") y</value>'))
    expect(kept.problems).toEqual([])
    expect(kept.document?.problems().filter(({ rule }) => rule === 'policy/expression')).toHaveLength(2)
    expect(read(kept.document?.toRawXml() ?? '').document?.difference(kept.document ?? '')).toBeUndefined()
  })

  test('an expression with text behind it does not swallow the element after its own', () => {
    const text = inbound('<set-variable name="a" value="@((string)b).Length" />\n<rewrite-uri template="@("c")" />')
    const { document, problems } = read(text)
    expect(problems).toMatchObject([{ rule: 'policy/expression', line: 1, column: 62 }])
    expect(childElements(document?.section('inbound') ?? new Element('none')).map(({ name }) => name)).toEqual([
      'set-variable',
      'rewrite-uri',
    ])
  })

  test('an expression outside of the root is told like any text there', () => {
    expect(read('<fragment />\n@(a)').problems).toMatchObject([
      { rule: 'policy/not-well-formed', line: 2, column: 1, message: expect.stringContaining('outside') as string },
    ])
  })

  test('the service’s own format is read as the service does', () => {
    expect(read(inbound('<a b="@(x["y"])" />'), { format: 'xml' }).problems).not.toEqual([])
    expect(read(inbound('<a b="@(x\n+ y)" />'), { format: 'xml' }).document?.toRawXml()).toContain('@(x + y)')
  })

  test.each([
    '<',
    '<a',
    '<a b',
    '<a b=',
    '<a b="',
    '<a b="@(',
    '<a>',
    '</',
    '</a',
    '<!--',
    '<![CDATA[',
    '<?',
    '&',
    '@(',
    '<a>@{',
    '<a/',
    "<a b='",
    '<!',
    '<a b="@("',
  ])('never throws or hangs: %j', (text) => {
    for (const format of ['auto', 'xml', 'rawxml'] as const)
      for (const around of [text, inbound(text), `${text}${text}`]) read(around, { format })
  })
})

describe('a bad text costs no more than a good one', () => {
  const filled = (piece: string): string => `<policies><inbound>${piece.repeat(Math.floor(500_000 / piece.length))}`

  test.each([
    '<a>',
    '<a/>',
    '<a b=1/>',
    '<a b="@("/>',
    '<a>@(</a>',
    '</b>',
    '&',
    '<',
    '<!--',
    '<![CDATA[',
    ' a=""',
    '<a x="',
    '@(',
    '"',
  ])('filled with %j', (piece) => {
    const start = performance.now()
    const { document, problems } = read(filled(piece))
    expect(problems.length).toBeLessThanOrEqual(202)
    document?.toRawXml()
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test('reading stops at too many levels, and says so', () => {
    expect(read(filled('<a>')).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('500 levels deep'),
    ])
  })

  test('reading stops at too many faults, and says so', () => {
    expect(read(filled('<a b=1/>')).problems.at(-1)?.message).toContain('more than 200 faults')
  })
})

test('a value that was read is data or an expression, by class', () => {
  const policy = policyIn(inbound('<a b="x" c="@(y)" />'))
  expect(attribute(policy, 'b')).toBeInstanceOf(Literal)
  expect(attribute(policy, 'c')).toBeInstanceOf(Expression)
})

test('a document is frozen where it is handed out, down to the last attribute', () => {
  const frozen = (value: unknown): boolean =>
    typeof value !== 'object' ||
    value === null ||
    (Object.isFrozen(value) && Object.entries(value).every(([name, each]) => name === 'position' || frozen(each)))
  const text = '<!-- a --><policies><inbound><a b="x" c="@(y)">z<!-- d --></a></inbound></policies>'
  expect(frozen(read(text).document?.root)).toBe(true)
  expect(frozen(read(text).document?.nodes)).toBe(true)
  expect(frozen(read(text).document?.section('inbound'))).toBe(true)
  expect(read(text).document).not.toEqual(read(text.replace('z', 'y')).document)
})

test.each([
  ['a control character', 'a\u0000b', 'U+0000'],
  ['a lone surrogate', 'a\ud800b', 'U+D800'],
])('%s is told of, since no XML can hold it', (_, value, name) => {
  const { problems } = read(`<fragment>\n<set-variable name="n" value="${value}" />\n</fragment>`)
  expect(problems).toMatchObject([{ rule: 'policy/not-well-formed', severity: 'error', line: 2, column: 32 }])
  expect(problems[0]?.message).toContain(name)
})
