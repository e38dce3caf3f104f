import { createServer } from 'node:http'
import { once } from 'node:events'
import { deployTo } from '@apim-kit/deploy'
import { startEmulator } from '@apim-kit/emulator'
import { articleStack, emulatorOptions } from './article.js'
import { compare, type Row } from './measure.js'

/** How long it takes until an emulator answers, and until the article's stack is in it. The rival is a bare Node server's start. */
export async function benchmark(): Promise<readonly Row[]> {
  const inMilliseconds = { unit: 'ms', lessIsBetter: true }
  return [
    await compare('start the emulator (rival: node:http listen)', startOnly, listenOnly, inMilliseconds),
    await compare(
      'start and first apply of the article (rival: no-change apply)',
      firstApply,
      secondApply,
      inMilliseconds,
    ),
  ]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function startOnly(): Promise<number> {
  const start = performance.now()
  const emulator = await startEmulator(emulatorOptions)
  const elapsed = performance.now() - start
  await emulator.close()
  return elapsed
}

async function listenOnly(): Promise<number> {
  const server = createServer()
  const elapsed = await timed(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  server.close()
  return elapsed
}

async function firstApply(): Promise<number> {
  const start = performance.now()
  const emulator = await startEmulator(emulatorOptions)
  await deployTo({ ...emulator.service, endpoint: emulator.arm }).apply(
    articleStack('http://127.0.0.1:9', emulator.tenantId),
  )
  const elapsed = performance.now() - start
  await emulator.close()
  return elapsed
}

async function secondApply(): Promise<number> {
  const emulator = await startEmulator(emulatorOptions)
  const deployment = deployTo({ ...emulator.service, endpoint: emulator.arm })
  const stack = articleStack('http://127.0.0.1:9', emulator.tenantId)
  await deployment.apply(stack)
  const elapsed = await timed(() => deployment.apply(stack))
  await emulator.close()
  return elapsed
}
