import { startEmulator } from '@apim-kit/emulator'
import { Agent, createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { clientId, clientSecret } from './scale-stack.js'

/*
 * The service in a process of its own, so that its memory and its work are not counted as the deployer's: the emulator, every
 * answer of which takes as long as the first argument says. `GET /counts` says how many requests of each method came since the
 * last time that it was asked.
 */
const delay = Number(process.argv[2])
const emulator = await startEmulator({
  applications: [
    { appId: '33333333-3333-3333-3333-333333333333', identifierUris: ['api://backend'] },
    { appId: clientId, clientSecrets: [clientSecret] },
  ],
})
const agent = new Agent({ keepAlive: true })
let counts: Record<string, number> = {}

const server = createServer((request, response) => {
  void (async () => {
    if (request.url === '/counts') {
      response.end(JSON.stringify(counts))
      counts = {}
      return
    }
    const { method = 'GET' } = request
    counts[method] = (counts[method] ?? 0) + 1
    await sleep(delay)
    const sent = send(`${emulator.arm}${request.url ?? ''}`, { method, headers: request.headers, agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    request.pipe(sent)
  })()
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, service: emulator.service }))
})
