import type * as cryptoModule from 'node:crypto'
import type * as netModule from 'node:net'

/*
 * Node's own modules that few expressions need, loaded by the first that does: each takes a part of the evaluator's start.
 */

let crypto: typeof cryptoModule | undefined
let net: typeof netModule | undefined

export const nodeCrypto = (): typeof cryptoModule => (crypto ??= process.getBuiltinModule('node:crypto'))

export const nodeNet = (): typeof netModule => (net ??= process.getBuiltinModule('node:net'))
