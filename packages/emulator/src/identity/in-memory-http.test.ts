import { describe, expect, it } from 'vitest'
import { inMemoryHttp } from './in-memory-http.js'

const echo = inMemoryHttp((request, response) => {
  const { method = '', url = '', headers } = request
  const chunks: Uint8Array[] = []
  request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  request.on('end', () => {
    response.statusCode = 201
    response.end(`${method} ${url} ${String(headers['x-test'])} ${Buffer.concat(chunks).toString()}`)
  })
})

describe('inMemoryHttp', () => {
  it('carries path, headers, body and status', async () => {
    const answer = await echo('/a?b=c', { method: 'POST', headers: { 'X-Test': '1' }, body: 'grüße' })
    expect(answer).toEqual({ status: 201, text: 'POST /a?b=c 1 grüße' })
  })

  it('carries more than the buffers of the streams hold, many times at once', async () => {
    const bodies = Array.from({ length: 20 }, (_, at) => String(at).repeat(300_000))
    const answers = await Promise.all(bodies.map((body) => echo('/', { method: 'POST', body })))
    expect(answers.map(({ text }) => text.slice('POST / undefined '.length))).toEqual(bodies)
  })

  it('rejects when the listener breaks off', async () => {
    const rude = inMemoryHttp((request) => request.socket.destroy())
    await expect(rude('/', { method: 'GET' })).rejects.toThrow(/socket hang up/)
  })
})
