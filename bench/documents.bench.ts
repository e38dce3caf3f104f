import { read } from '@apim-kit/policy-dsl'
import { SaxesParser } from 'saxes'
import { create } from 'xmlbuilder2'
import { articleDocument } from './article.js'
import { compare, rate, type Row } from './measure.js'

/** Writing and reading the article's document against the XML libraries alone, which know neither expressions nor policies. */
export async function benchmark(): Promise<readonly Row[]> {
  const document = articleDocument()
  const [xml, rawXml] = [document.toXml(), document.toRawXml()]
  return [
    await compare(
      'write xml (rival: xmlbuilder2 alone)',
      () => rate(() => document.toXml()),
      () => rate(build),
    ),
    await compare(
      'write rawxml (rival: xmlbuilder2 alone)',
      () => rate(() => document.toRawXml()),
      () => rate(build),
    ),
    await compare(
      'read xml (rival: saxes alone)',
      () => rate(() => read(xml)),
      () => rate(() => parse(xml)),
    ),
    await compare(
      'read rawxml (rival: saxes alone, on xml)',
      () => rate(() => read(rawXml)),
      () => rate(() => parse(xml)),
    ),
  ]
}

/** The article's document by hand. */
function build(): string {
  return create()
    .ele('policies')
    .ele('inbound')
    .ele('base')
    .up()
    .ele('get-authorization-context')
    .att('provider-id', 'credential-provider')
    .att('authorization-id', 'client-connection')
    .att('context-variable-name', 'auth-context')
    .att('identity-type', 'managed')
    .att('ignore-error', 'false')
    .up()
    .ele('set-header')
    .att('name', 'Authorization')
    .att('exists-action', 'override')
    .ele('value')
    .txt('@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)')
    .up()
    .up()
    .up()
    .ele('backend')
    .ele('base')
    .up()
    .up()
    .ele('outbound')
    .ele('base')
    .up()
    .up()
    .ele('on-error')
    .ele('base')
    .up()
    .up()
    .end({ headless: true, prettyPrint: true })
}

function parse(xml: string): number {
  const parser = new SaxesParser()
  let nodes = 0
  parser.on('opentag', () => (nodes += 1))
  parser.on('text', () => (nodes += 1))
  parser.write(xml).close()
  return nodes
}
