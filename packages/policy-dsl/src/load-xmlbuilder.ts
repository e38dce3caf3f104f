import { ApimKitError } from '@apim-kit/core'
import { messages } from './messages.js'
import type { XmlBuilder } from './write-xml.js'

let loaded: XmlBuilder | undefined

/**
 * xmlbuilder2, loaded when the first document is written as `xml`. It is a third of a megabyte, and as slow to load as everything else
 * of this package together: neither a program that only sends `rawxml` nor a bundle should carry it. A method that has its text at
 * once cannot wait for `import()`, so this is `require`, asked of Node in the way that bundlers for browsers can leave in: xmlbuilder2
 * is CommonJS. Where there is no Node or no installed xmlbuilder2, `@apim-kit/policy-dsl/xml` imports it.
 *
 * @throws ApimKitError `not-supported` where it cannot be loaded
 */
export function loadXmlBuilder(): XmlBuilder {
  loaded ??= required()
  return loaded
}

function required(): XmlBuilder {
  try {
    const { createRequire } = process.getBuiltinModule('node:module')
    // In the CommonJS build, as in a bundle of that form, import.meta is empty.
    const here = createRequire(import.meta.url ?? __filename)
    return here('xmlbuilder2') as XmlBuilder
  } catch (cause) {
    throw new ApimKitError('not-supported', messages.noXmlBuilder(), { cause })
  }
}
