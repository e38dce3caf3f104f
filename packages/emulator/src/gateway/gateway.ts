import type { EmulatorContext, Gateway } from '../emulator-context.js'
import { createBackends } from './backends.js'
import { createCertificates } from './certificates.js'
import type { X509Certificate2 } from '../expression/index.js'
import { checkDocument } from './check-document.js'
import { CompiledConfiguration } from './compiled-configuration.js'
import { serve, type Serving } from './serve.js'
import type { GatewayServices } from './services.js'
import { SigningKeys } from './signing-keys.js'
import { TraceLog } from './trace.js'
import { ValueCache } from './value-cache.js'

/**
 * Makes the gateway of an emulator: it finds the operation of a request, runs its policies and forwards it. What is deployed is
 * compiled once after a change, at the next request; documents that did not change are not compiled again.
 *
 * @example createServer(createGateway(emulator).listener).listen(0, '127.0.0.1')
 */
export function createGateway(emulator: EmulatorContext): Gateway {
  const { configuration } = emulator
  let compiled: CompiledConfiguration | undefined
  let isCurrent = false
  const endChanges = configuration.onChange(() => {
    isCurrent = false
  })
  const backends = createBackends(configuration)
  const certificates = createCertificates(configuration)
  const serving: Serving = {
    services: servicesOf(emulator, backends.get, certificates.list),
    traces: new TraceLog(),
    configuration: () => {
      if (compiled === undefined || !isCurrent) compiled = new CompiledConfiguration(configuration, compiled)
      isCurrent = true
      return compiled
    },
  }
  return {
    listener: (request, response) => {
      void serve(request, response, serving)
    },
    check: (document, place) =>
      checkDocument(document, place, {
        namedValue: (name) => configuration.getNamedValue(name),
        fragment: (id) => configuration.getFragment(id),
      }),
    get traces() {
      return serving.traces.list()
    },
    close: () => {
      endChanges()
      backends.close()
      certificates.close()
    },
  }
}

function servicesOf(
  { clock, credentials, outbound, service }: EmulatorContext,
  backend: GatewayServices['backend'],
  certificates: () => ReadonlyMap<string, X509Certificate2>,
): GatewayServices {
  return {
    backend,
    clock,
    credentials,
    outbound,
    cache: new ValueCache(clock),
    signingKeys: new SigningKeys(outbound, clock),
    deployment: {
      region: service.location,
      serviceId: service.id,
      serviceName: service.name,
      // The name of the gateway that comes with the service.
      gatewayId: 'managed',
      get certificates() {
        return certificates()
      },
    },
  }
}
