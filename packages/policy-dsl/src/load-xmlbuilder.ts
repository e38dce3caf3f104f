import { ApimKitError } from '@apim-kit/core'
import { messages } from './messages.js'
import type { XmlBuilder } from './write-xml.js'

let loaded: XmlBuilder | undefined

/**
 * xmlbuilder2, loaded when a document is first written as `xml`. It is a third of a megabyte, and takes longer to load than the rest of
 * this package: neither a program that only sends `rawxml` nor a bundle should carry it. A method that gives a text cannot wait
 * for `import()`, so Node is asked for a `require`, in a way that bundlers leave alone; xmlbuilder2 is CommonJS. A bundle has
 * `@apim-kit/policy-dsl/xml`, which imports it.
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
    // In a bundle of CommonJS, import.meta may be empty.
    const here = createRequire(import.meta.url ?? __filename)
    return here('xmlbuilder2') as XmlBuilder
  } catch (cause) {
    throw new ApimKitError('not-supported', messages.noXmlBuilder(), { cause })
  }
}
