import { describe, expect, it } from 'vitest'
import { DotNetException } from '../../values/exception.js'
import { parseDocument } from '../parse.js'
import { evaluate, selectNodes, textOf } from './evaluate.js'
import { parseXPath } from './parse.js'

const document = parseDocument(
  `<r><!--c--><a id="1">x<b>1</b><b k="v">2</b></a><a id="2"><b>3</b><c/></a><n:d xmlns:n="urn:n" n:e="f">y</n:d></r>`,
)
const prefixes = (prefix: string): string | undefined => (prefix === 'q' ? 'urn:n' : undefined)
const texts = (path: string): string => selectNodes(document, path, prefixes).map(textOf).join(',')

describe('XPath', () => {
  it.each([
    ['/r/a/b', '1,2,3'],
    ['r/a[2]/b', '3'],
    ['//b', '1,2,3'],
    ['//b[1]', '1,3'],
    ['(//b)[1]', '1'],
    ['//b[last()]', '2,3'],
    ['//a[@id="2"]/b', '3'],
    ["//a[@id='1' and b > 1]/@id", '1'],
    ['//@id', '1,2'],
    ['//b[@k]', '2'],
    ['//b[not(@k)]', '1,3'],
    ['//a/*', '1,2,3,'],
    ['//c/../@id', '2'],
    ['//c/parent::a/b', '3'],
    ['//c/preceding::b', '1,2,3'],
    ['//a[1]/following-sibling::a/@id', '2'],
    ['//b[. = 2]/ancestor::a/@id', '1'],
    ['//b[text() = "3"] | //b[1]', '1,3'],
    ['//comment()', 'c'],
    ['//a/text()', 'x'],
    ['//q:d', 'y'],
    ['//q:d/@q:e', 'f'],
    ['//*[local-name() = "d"]', 'y'],
    ['//a[count(b) = 2]/@id', '1'],
    ['//a[position() < 2]/@id', '1'],
    ['//a[contains(., "x") or starts-with(@id, "9")]/@id', '1'],
    ['//b[position() mod 2 = 1]', '1,3'],
    ['//*[name() = "n:d"]', 'y'],
    ['//b[number(.) >= 2][1]', '2,3'],
    ['.//a//b[2]', '2'],
    ['/', 'x123y'],
    ['/r/nope', ''],
  ])('%s selects %s', (path, expected) => {
    expect(texts(path)).toBe(expected)
  })

  it.each([
    ['1 + 2 * 3', 7],
    ['7 div 2', 3.5],
    ['-(1)', -1],
    ['concat("a", 1, true())', 'a1true'],
    ['substring("12345", 2, 3)', '234'],
    ['substring("12345", 1.5, 2.6)', '234'],
    ['normalize-space("  a  b ")', 'a b'],
    ['translate("bar", "abc", "AB")', 'BAr'],
    ['string-length("abc")', 3],
    ['sum(//b)', 6],
    ['round(-2.5)', -2],
    ['substring-before("a=b", "=")', 'a'],
    ['substring-after("a=b", "=")', 'b'],
    ['//b = 3', true],
    ['//b != 3', true],
    ['count(//*) > 5', true],
  ])('%s is %s', (source, value) => {
    expect(evaluate(parseXPath(source), { node: document, position: 1, size: 1, prefixes })).toBe(value)
  })

  it.each(['', '//', 'a[', 'a]', '@', 'a b', '1', '//z:a', 'nope()', '('.repeat(5000)])('refuses %s', (path) => {
    expect(() => selectNodes(document, path)).toThrow(DotNetException)
  })
})
