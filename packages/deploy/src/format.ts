import type { FieldChange } from '@apim-kit/core'
import type { Action, Change, Plan } from './result.js'

/** How a part of a printed plan may look on a terminal; the names are those of `util.styleText`. */
export type PlanStyle = 'green' | 'yellow' | 'red' | 'dim'

/** Puts a style on a text. */
export type Paint = (style: PlanStyle, text: string) => string

const signs = {
  create: { sign: '+', style: 'green', word: 'to create' },
  update: { sign: '~', style: 'yellow', word: 'to update' },
  delete: { sign: '-', style: 'red', word: 'to delete' },
  none: { sign: ' ', style: 'dim', word: 'unchanged' },
} as const satisfies Record<Action, { readonly sign: string; readonly style: PlanStyle; readonly word: string }>

/**
 * A plan for people: a line for every change, a line for every field that differs, and the counts. Secrets stand as `[secret]`.
 *
 * @param paint - puts colours on. Default: none
 * @example
 * console.log(formatPlan(await deployment.plan(shop)))
 */
export function formatPlan(plan: Plan, paint: Paint = (_style, text) => text): string {
  const pending = plan.changes.filter(({ action }) => action !== 'none')
  const kept = plan.changes.filter(({ action, reason }) => action === 'none' && reason !== undefined)
  return [...[...pending, ...kept].flatMap((change) => formatChange(change, paint)), formatSummary(plan)].join('\n')
}

/**
 * A drift for people: what is gone, and what differs with the service's value first and the stack's second.
 *
 * @example
 * console.log(formatDrift(await deployment.drift(shop)))
 */
export function formatDrift(drift: Plan, paint: Paint = (_style, text) => text): string {
  const { create: missing, update: changed, none: unchanged } = drift.summary
  const lines = drift.changes.flatMap((change) => {
    if (change.action === 'none') return []
    if (change.action === 'create') return [`${paint('red', '-')} ${changeTitle(change)} (it is gone)`]
    return formatChange(change, paint)
  })
  const counts = [`${missing} gone`, `${changed} changed`, `${unchanged} as applied`]
  return [...lines, missing + changed === 0 ? `no drift: ${unchanged} as applied` : counts.join(', ')].join('\n')
}

/** The counts of a plan: `2 to create, 1 to update, 9 unchanged`. */
export function formatSummary({ summary }: Pick<Plan, 'summary'>): string {
  const actions = (Object.keys(signs) as Action[]).filter((action) => summary[action] > 0)
  return actions.map((action) => `${summary[action]} ${signs[action].word}`).join(', ') || 'the stack is empty'
}

/** What a change is about: its kind and its address below the service, `connection credential-provider/client`. */
export function changeTitle({ id, kind }: Pick<Change, 'id' | 'kind'>): string {
  const [, below = ''] = /\/Microsoft\.ApiManagement\/service\/[^/]+\/(.*)$/i.exec(id) ?? []
  // Names stand at every second place, between the segments of their kinds.
  const names = below.split('/').filter((_part, index) => index % 2 === 1)
  return `${kind} ${names.join('/')}`
}

function formatChange(change: Change, paint: Paint): string[] {
  const { sign, style } = signs[change.action]
  const reason = change.reason === undefined ? '' : paint('dim', ` (${change.reason})`)
  const fields = change.fields.flatMap((field) => formatField(change.action, field, paint))
  return [`${paint(style, sign)} ${changeTitle(change)}${reason}`, ...fields]
}

function formatField(action: Action, { path, before, after }: FieldChange, paint: Paint): string[] {
  const name = path.replace(/^properties\./, '')
  const [was, is] = [printed(before), printed(after)]
  if (was.includes('\n') || is.includes('\n')) {
    const { removed, added } = differingLines(lines(before), lines(after))
    return [
      `    ${name}:`,
      ...removed.map((line) => paint('red', `      - ${line}`)),
      ...added.map((line) => paint('green', `      + ${line}`)),
    ]
  }
  return [action === 'create' ? `    ${name}: ${is}` : `    ${name}: ${was} → ${is}`]
}

/** The lines of a text such as a policy document. */
function lines(value: unknown): string[] {
  return typeof value === 'string' ? value.trimEnd().split(/\r?\n/) : []
}

/** What is left of two texts without the lines that they begin and end with together; a change of the layout is none. */
function differingLines(before: readonly string[], after: readonly string[]): { removed: string[]; added: string[] } {
  const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a.trim() === b?.trim()
  const shortest = Math.min(before.length, after.length)
  let start = 0
  while (start < shortest && same(before[start], after[start])) start++
  let end = 0
  while (end < shortest - start && same(before.at(-1 - end), after.at(-1 - end))) end++
  return { removed: before.slice(start, before.length - end), added: after.slice(start, after.length - end) }
}

function printed(value: unknown): string {
  return typeof value === 'string' && value.includes('\n') ? value : JSON.stringify(value)
}
