import { unsupported } from '../behaviour.js'

/** Composition replaces `base` that stands directly in a section; anywhere else there is nothing that it could stand for. */
export const runBase = unsupported('base may stand only directly in inbound, backend, outbound or on-error')
