import { flag, integer, number, oneOf, text } from '../fields.js'
import { child } from '../shape.js'

// What the two policies that look answers up by meaning have in common: Microsoft's schemas give them one type.

export const semanticCacheLookup = {
  attributes: {
    /** How far apart two prompts may be, 0 to 1: the smaller, the closer they have to be. Begin with 0.05. */
    scoreThreshold: number({ required: true, expressionsUnstated: true }),
    /** The backend that makes embeddings, by name. */
    embeddingsBackendId: text({ required: true, refersTo: 'backend' }),
    /** How the service signs in there. */
    embeddingsBackendAuth: oneOf(['system-assigned', 'header'], {
      required: true,
      requiredOnlyBy: 'the documentation',
      valuesOnlyIn: { header: "Microsoft's schemas" },
      expressionsUnstated: true,
    }),
    /** `true`, as advised, compares without the system's messages. Default: `false`. */
    ignoreSystemMessages: flag({ default: false, expressionsUnstated: true }),
    /** With more messages than these in the dialog the cache is not asked. */
    maxMessageCount: integer({ expressionsUnstated: true }),
    /** Undocumented: which external cache. */
    cacheId: text({ onlyIn: "Microsoft's schemas" }),
  },
  children: {
    /** What keeps callers apart, for example their subscription; without it they share answers. */
    varyBy: child({ text: text({ required: true }) }, { many: true }),
  },
} as const
