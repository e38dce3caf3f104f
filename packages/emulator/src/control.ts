import { Hono } from 'hono'
import type { RequestJournal } from './arm/request-journal.js'
import type { Clock } from './clock.js'

/** What other processes may do to an emulator that they cannot call: outside of Azure's addresses, below `/emulator`. */
export function controlRoutes(clock: Clock, requests: RequestJournal): Hono {
  const now = (): object => ({ now: new Date(clock.now()).toISOString() })
  const counts = (): object => ({ reads: requests.reads.length, writes: requests.writes.length })
  return new Hono()
    .basePath('/emulator')
    .get('/clock', (context) => context.json(now()))
    .post('/clock', async (context) => {
      const body: unknown = await context.req.json().catch(() => undefined)
      const { advance } = Object(body) as { advance?: unknown }
      if (typeof advance !== 'number' || !Number.isFinite(advance))
        return context.json({ error: { code: 'BadRequest', message: 'write {"advance": <seconds>}' } }, 400)
      clock.advance({ seconds: advance })
      return context.json(now())
    })
    .get('/requests', (context) => context.json({ ...counts(), entries: requests.entries }))
    .delete('/requests', (context) => {
      requests.clear()
      return context.body(null, 204)
    })
}
