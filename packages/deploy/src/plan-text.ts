import { kindOf, type FieldChange } from '@apim-kit/core'
import type { Action, Change, Plan } from './result.js'

/** Marks a text: gives it a colour on a terminal, or nothing. */
export type Paint = (style: 'green' | 'yellow' | 'red' | 'dim', text: string) => string

const plain: Paint = (_, text) => text

const signs: Readonly<Record<Action, { readonly sign: string; readonly style: 'green' | 'yellow' | 'red' | 'dim' }>> = {
  create: { sign: '+', style: 'green' },
  update: { sign: '~', style: 'yellow' },
  delete: { sign: '-', style: 'red' },
  none: { sign: ' ', style: 'dim' },
}

/**
 * A plan as text for people: every change with the fields behind it, and a line that counts them. Unchanged resources are
 * only counted. Secrets stand as `[secret]`, as they do in the plan.
 *
 * @param paint - colours; default: none
 * @example
 * console.log(formatPlan(await deployment.plan(stack)))
 */
export function formatPlan(plan: Plan, paint: Paint = plain): string {
  const changes = plan.changes.filter(({ action }) => action !== 'none')
  return [...changes.flatMap((change) => changeLines(change, paint)), formatSummary(plan)].join('\n')
}

/** `2 to create, 1 to update, 5 unchanged`. */
export function formatSummary({ summary }: Plan): string {
  const counts = [
    ...(['create', 'update', 'delete'] as const).map((action) => ({ count: summary[action], words: `to ${action}` })),
    { count: summary.none, words: 'unchanged' },
  ].filter(({ count }) => count > 0)
  return counts.length === 0 ? 'nothing is declared' : counts.map(({ count, words }) => `${count} ${words}`).join(', ')
}

/** `connection client-connection`, `API policy of unprotected-api`: what a change is about. */
export function changeTitle({ id, kind, name }: Pick<Change, 'id' | 'kind' | 'name'>): string {
  const known = kindOf(kind)
  const title = known?.title ?? kind
  return known?.name.fixed === undefined ? `${title} ${name}` : `${title} of ${id.split('/').at(-3) ?? ''}`
}

function changeLines(change: Change, paint: Paint): string[] {
  const { sign, style } = signs[change.action]
  const reason = change.reason === undefined ? '' : paint('dim', ` (${change.reason})`)
  return [
    `${paint(style, `${sign} ${changeTitle(change)}`)}${reason}`,
    ...change.fields.flatMap((field) => fieldLines(field, paint)),
  ]
}

/** One line a field; a text of several lines is shown by the lines that differ. */
function fieldLines({ path, before, after }: FieldChange, paint: Paint): string[] {
  const name = path.replace(/^properties\./, '')
  if (!isLong(before) && !isLong(after))
    return [`    ${name}: ${before === null ? '' : `${short(before)} → `}${short(after)}`]
  const { removed, added } = differingLines(lines(before), lines(after))
  return [
    `    ${name}:`,
    ...removed.map((line) => paint('red', `      - ${line}`)),
    ...added.map((line) => paint('green', `      + ${line}`)),
  ]
}

function isLong(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\n')
}

function short(value: unknown): string {
  return value === null ? '(nothing)' : JSON.stringify(value)
}

function lines(value: unknown): string[] {
  return typeof value === 'string' ? value.trimEnd().split(/\r?\n/) : []
}

/** What is left of two texts when the lines that they begin and end with together are taken off. */
function differingLines(before: readonly string[], after: readonly string[]): { removed: string[]; added: string[] } {
  const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a.trim() === b?.trim()
  const shortest = Math.min(before.length, after.length)
  let start = 0
  while (start < shortest && same(before[start], after[start])) start++
  let end = 0
  while (end < shortest - start && same(before.at(-1 - end), after.at(-1 - end))) end++
  return { removed: before.slice(start, before.length - end), added: after.slice(start, after.length - end) }
}
