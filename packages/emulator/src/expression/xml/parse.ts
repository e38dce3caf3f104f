import { notSupported } from '../values/exceptions.js'
export function parseElement(_text: string): object { throw notSupported('XML') }
export function parseDocument(_text: string): object { throw notSupported('XML') }
