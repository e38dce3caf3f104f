import { once } from 'node:events'
import { Agent, createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { deployTo } from '@apim-kit/deploy'
import { startEmulator } from '@apim-kit/emulator'
import { articleStack, emulatorOptions } from './article.js'
import { compare, type Row } from './measure.js'

/** Requests a second of the article's operation with its token cached, against a bare Node reverse proxy to the same backend. */
export async function benchmark(): Promise<readonly Row[]> {
  const backend = await startThread(backendCode)
  const backendUrl = await message<string>(backend)
  const client = await startThread(clientCode)
  const emulator = await startEmulator(emulatorOptions)
  await deployTo({ ...emulator.service, endpoint: emulator.arm }).apply(articleStack(backendUrl, emulator.tenantId))
  const proxy = await startProxy(backendUrl)
  const load = async (url: string): Promise<number> => {
    client.postMessage({ url, milliseconds: 1000, connections: 32 })
    return message<number>(client)
  }
  try {
    return [
      await compare(
        'credential-manager, token cached (rival: bare Node proxy)',
        () => load(`${emulator.gateway}/unprotected/credential-manager`),
        () => load(`${addressOf(proxy)}/credential-manager`),
      ),
    ]
  } finally {
    await emulator.close()
    proxy.closeAllConnections()
    proxy.close()
    await Promise.all([backend.terminate(), client.terminate()])
  }
}

/** The plainest reverse proxy that Node's own modules make: headers and bodies passed on, connections kept. */
async function startProxy(target: string): Promise<Server> {
  const agent = new Agent({ keepAlive: true })
  const { hostname, port } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const passed = { ...headers, host: `${hostname}:${port}`, authorization: 'Bearer token' }
    const forwarded = request({ agent, hostname, port, method, path, headers: passed }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    forwarded.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(forwarded)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Backend and load run in threads of their own, so that what is measured has its event loop for itself. */
async function startThread(code: string): Promise<Worker> {
  const worker = new Worker(code, { eval: true })
  await once(worker, 'online')
  return worker
}

async function message<T>(worker: Worker): Promise<T> {
  const [value] = (await once(worker, 'message')) as [T]
  return value
}

const backendCode = `
const { createServer } = require('node:http')
const { parentPort } = require('node:worker_threads')
const body = JSON.stringify({ IssuedAt: '2026-01-02T03:04:05Z', claims: 'x'.repeat(500) })
const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body))
server.listen(0, '127.0.0.1', () => parentPort.postMessage('http://127.0.0.1:' + server.address().port))
`

const clientCode = `
const { Agent, get } = require('node:http')
const { parentPort } = require('node:worker_threads')
parentPort.on('message', async ({ url, milliseconds, connections }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const call = () => new Promise((resolve, reject) => get(url, { agent }, (response) => {
    if (response.statusCode !== 200) reject(new Error('answered ' + response.statusCode))
    response.resume().on('end', resolve)
  }).on('error', reject))
  const end = performance.now() + milliseconds
  let count = 0
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() < end) { await call(); count += 1 }
  }))
  agent.destroy()
  parentPort.postMessage(count * 1000 / milliseconds)
})
`
