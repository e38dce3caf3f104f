import type { ApplyEvent, Plan } from '@apim-kit/deploy'
import type { Listr } from 'listr2'
import { line, paint, type Terminal } from './terminal.js'

/** Shows what an apply does while it does it. */
export interface Progress {
  readonly onEvent: (event: ApplyEvent) => void
  /** Waits until all is shown. */
  close(): Promise<void>
}

/** A task list on a terminal, plain lines elsewhere; both on standard error, since standard output is for results. */
export async function startProgress(terminal: Terminal, plan: Plan): Promise<Progress> {
  const { changeTitle } = await import('@apim-kit/deploy')
  return terminal.interactive ? taskList(plan, changeTitle) : plainLines(terminal, changeTitle)
}

type Title = (change: ApplyEvent['change']) => string

function plainLines(terminal: Terminal, title: Title): Progress {
  const onEvent = (event: ApplyEvent): void => {
    const { type, change } = event
    if (type === 'started') return
    const sign = {
      done: paint(terminal, terminal.err, 'green', '✓'),
      failed: paint(terminal, terminal.err, 'red', '✗'),
      skipped: '-',
    }[type]
    line(terminal.err, `${sign} ${change.action} ${title(change)}${detail(event)}`)
  }
  return { onEvent, close: () => Promise.resolve() }
}

function detail(event: ApplyEvent): string {
  if (event.type === 'done') return ` (${event.ms} ms)`
  return event.type === 'started' ? '' : `: ${event.error.message}`
}

/** One task a change; each ends when its event comes. */
async function taskList(plan: Plan, title: Title): Promise<Progress> {
  const { Listr: TaskList } = await import('listr2')
  const pending = new Map<string, (event: ApplyEvent) => void>()
  const changes = plan.changes.filter(({ action }) => action !== 'none')
  const ended = new Map(changes.map(({ id }) => [id, new Promise<ApplyEvent>((resolve) => pending.set(id, resolve))]))
  const list: Listr = new TaskList(
    changes.map((change) => ({
      title: `${change.action} ${title(change)}`,
      task: async (_: unknown, task: { title?: string; skip(message?: string): void }) => {
        const event = await ended.get(change.id)
        if (event?.type === 'failed') throw new Error(event.error.message)
        if (event?.type === 'skipped') task.skip(`${change.action} ${title(change)}: ${event.error.message}`)
      },
    })),
    { concurrent: true, exitOnError: false },
  )
  const shown = list.run()
  return {
    onEvent: (event) => {
      if (event.type !== 'started') pending.get(event.change.id)?.(event)
    },
    close: async () => void (await shown),
  }
}
