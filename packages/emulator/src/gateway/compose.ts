import type { Section } from '@apim-kit/policy-dsl'
import type { CompiledDocument } from './compile-document.js'
import { forward } from './forward.js'
import type { Pipeline } from './pipeline.js'
import type { Step, Steps } from './step.js'

/** What forward-request waits for the backend's headers unless it says otherwise: 300 seconds. */
const defaultTimeout = 300_000

const forwardStep: Step = {
  place: { section: 'backend', scope: 'global', path: 'forward-request', policy: 'forward-request', policyId: null },
  readsBodies: false,
  run: async (context) => {
    await forward(context, defaultTimeout)
  },
}

/** The sections of the global scope while nobody has saved a document there: requests are forwarded, nothing else. */
const serviceDefaults: Readonly<Record<Section, Steps>> = {
  inbound: [],
  backend: [forwardStep],
  outbound: [],
  'on-error': [],
}

/**
 * Composes the documents of a request, the narrowest scope first. `base` stands for the same section of the next broader
 * document; a section without it inherits nothing.
 *
 * What a section that is missing altogether means is not documented. Here it inherits, as if it held `base` alone: documents
 * with only an inbound section are published everywhere, and their requests reach the backend.
 */
export function compose(documents: readonly CompiledDocument[]): Pipeline {
  return {
    inbound: effective('inbound', documents),
    backend: effective('backend', documents),
    outbound: effective('outbound', documents),
    onError: effective('on-error', documents),
  }
}

function effective(section: Section, [document, ...broader]: readonly CompiledDocument[]): Steps {
  if (document === undefined) return serviceDefaults[section]
  const parts = document.sections[section]
  if (parts === undefined) return effective(section, broader)
  // In the global document there is nothing that `base` could stand for.
  const inherited = document.scope === 'global' ? [] : effective(section, broader)
  return parts.flatMap((part) => (part === 'base' ? inherited : part))
}
