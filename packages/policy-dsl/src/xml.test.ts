import { expect, it } from 'vitest'
import { base, comment, expr, policies, setHeader } from './index.js'
import { toXml } from './xml.js'

it('writes what the method writes, comments around the root included', () => {
  const document = policies(
    { inbound: [base(), setHeader({ name: 'a', value: expr`1 < 2 && "x" != ""` })] },
    { before: [comment('one')], after: [comment('two')] },
  )
  expect(toXml(document)).toBe(document.toXml())
  expect(toXml(document)).toContain('@(1 &lt; 2 &amp;&amp; &quot;x&quot; != &quot;&quot;)')
})
