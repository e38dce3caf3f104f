import type { EmulatorContext, Gateway } from './emulator-context.js'

/** Stands where the gateway will be: it answers 501. */
export function createGateway(_context: EmulatorContext): Gateway {
  return {
    listener: (_request, response) => {
      response.writeHead(501).end()
    },
    check: () => [],
    traces: [],
    close: () => undefined,
  }
}
