import { changeTitle, deployTo, formatPlan, formatSummary, type ApplyEvent } from '@apim-kit/deploy'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { armId } from '@apim-kit/core'
import { emulator as emulatorOptions } from './emulator.js'
import { settingsFrom } from './settings.js'
import { createStack } from './stack.js'
import { createCredentials } from './credentials.js'

/*
 * Deploys the article's system to an emulator in this process, calls it, and shows what credential manager does with time and
 * with permissions. Ends with 1 when anything is not as the article says. With --keep the emulator goes on running.
 */
let step = 0
let failures = 0

function title(text: string): void {
  step += 1
  console.log(`\n${step}. ${text}`)
}

/** Says what was found, and remembers if it is not what has to be. */
function expect(fits: boolean, found: string): void {
  if (!fits) failures += 1
  console.log(`   ${fits ? '✓' : '✗'} ${found}`)
}

/** An answer of the unprotected API. */
interface Answer {
  readonly status: number
  /** The token's claims from the protected API, or the gateway's account of an error. */
  readonly body: { readonly IssuedAt?: string; readonly source?: string; readonly message?: string }
}

async function call(emulator: Emulator, operation: string): Promise<Answer> {
  const response = await fetch(`${emulator.gateway}/unprotected/${operation}`)
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {} }
}

async function callAndExpect(emulator: Emulator, operation: string, status: number): Promise<Answer> {
  const answer = await call(emulator, operation)
  expect(answer.status === status, `GET /unprotected/${operation} → ${answer.status}${describe(answer.body)}`)
  return answer
}

function describe({ IssuedAt: issuedAt, source, message }: Answer['body']): string {
  if (issuedAt !== undefined) return `, token issued at ${issuedAt}`
  return message === undefined ? '' : `, ${source === undefined ? '' : `${source}: `}${message}`
}

const started = performance.now()
const emulator = await startEmulator(emulatorOptions)
const settings = settingsFrom({})
const stack = createStack(settings)
const deployment = deployTo({ ...emulator.service, endpoint: emulator.arm })
const writes = (): number => emulator.requests.writes.filter(({ method }) => method !== 'POST').length

console.log(`API Management emulator: management plane ${emulator.arm}, gateway ${emulator.gateway}`)

title('Plan: what the service does not have yet')
const plan = await deployment.plan(stack)
for (const change of plan.changes) console.log(`   ${change.action === 'create' ? '+' : ' '} ${changeTitle(change)}`)
expect(plan.summary.create === stack.resources.length, formatSummary(plan))

title('Apply')
const progress = (event: ApplyEvent): void => {
  if (event.type === 'done') console.log(`   ${event.change.action} ${changeTitle(event.change)} (${event.ms} ms)`)
  if (event.type === 'failed') console.log(`   FAILED ${changeTitle(event.change)}: ${event.error.message}`)
}
const applied = await deployment.apply(plan, { onEvent: progress })
expect(
  applied.results.every(({ outcome }) => outcome === 'done'),
  `${applied.results.length} resources written`,
)

title('Status of the connection')
for (const { id, status, error } of await deployment.status(stack))
  expect(
    status === 'Connected',
    `${id.split('/').at(-1) ?? id}: ${status}${error === null ? '' : ` (${error.message})`}`,
  )

title('The same again: nothing is left to do')
const again = await deployment.plan(stack)
if (again.summary.none !== again.changes.length) console.log(formatPlan(again))
expect(again.summary.none === again.changes.length, formatSummary(again))
const before = writes()
await deployment.apply(stack)
expect(writes() === before, `${writes() - before} writes`)

title('Call the protected API without a token, and in three ways with one')
await callAndExpect(emulator, 'without-authentication', 401)
await callAndExpect(emulator, 'credential-manager', 200)
await callAndExpect(emulator, 'send-request-with-secret', 200)
await callAndExpect(emulator, 'send-request-with-certificate', 200)

title('Credential manager keeps its token')
const answers = [
  await callAndExpect(emulator, 'credential-manager', 200),
  await callAndExpect(emulator, 'credential-manager', 200),
  await callAndExpect(emulator, 'credential-manager', 200),
]
const issued = new Set(answers.map(({ body }) => body.IssuedAt))
expect(issued.size === 1 && !issued.has(undefined), 'one and the same IssuedAt')

title('Two minutes before the token expires it gets a new one')
emulator.clock.advance({ minutes: 58 })
const renewed = await callAndExpect(emulator, 'credential-manager', 200)
expect(renewed.body.IssuedAt !== undefined && !issued.has(renewed.body.IssuedAt), 'another IssuedAt')

title('Somebody removes the access policy')
await remove(armId(emulator.service, createCredentials(settings).mayUse))
const refused = await callAndExpect(emulator, 'credential-manager', 500)
expect(
  refused.body.source === 'get-authorization-context',
  `on-error saw LastError.Source ${String(refused.body.source)}`,
)

title('The next apply brings it back')
const repaired = await deployment.apply(stack, { onEvent: progress })
expect(repaired.results.length === 1, formatSummary(repaired))
await callAndExpect(emulator, 'credential-manager', 200)

console.log(
  `\n${failures === 0 ? 'Everything is as the article says' : `${failures} things are not as they have to be`} (${Math.round(performance.now() - started)} ms)`,
)
process.exitCode = failures === 0 ? 0 : 1

if (process.argv.includes('--keep')) {
  console.log('\nThe emulator goes on running; Ctrl-C ends it. Try:')
  for (const name of [
    'without-authentication',
    'credential-manager',
    'send-request-with-secret',
    'send-request-with-certificate',
  ])
    console.log(`  curl -i ${emulator.gateway}/unprotected/${name}`)
  console.log(`  curl -i -X POST ${emulator.arm}/emulator/clock -d '{"advance":3600}'`)
} else await emulator.close()

/** What a click in the portal does. */
async function remove(id: string): Promise<void> {
  const response = await fetch(`${emulator.arm}${id}?api-version=2024-05-01`, {
    method: 'DELETE',
    headers: { 'If-Match': '*' },
  })
  expect(response.status === 200, `DELETE ${id.split('/').slice(-3).join('/')} → ${response.status}`)
}
