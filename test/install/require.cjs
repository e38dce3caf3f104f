// CommonJS: every package through require(), and the emulator at work, since it loads packages that are ES modules only.
const { ApimKitError, namedValue, stack } = require('@apim-kit/core')
const { text } = require('@apim-kit/core/fields')
const { base, policies } = require('@apim-kit/policy-dsl')
const { parse } = require('@apim-kit/policy-dsl/expression')
const { assertDeployed, deployTo } = require('@apim-kit/deploy')
const { startEmulator } = require('@apim-kit/emulator')
const { run } = require('apim-kit')

for (const loaded of [ApimKitError, text, base, parse, run])
  if (typeof loaded !== 'function') throw new Error(`${loaded}`)
if (
  !policies({ inbound: [base()] })
    .toXml()
    .includes('<base />')
)
  throw new Error('policies() writes no base')

const main = async () => {
  const emulator = await startEmulator()
  const deployment = deployTo({ ...emulator.service, endpoint: emulator.arm })
  const greeting = namedValue('greeting', { displayName: 'greeting', value: 'hello' })
  assertDeployed(await deployment.apply(stack({ name: 'shop', resources: [greeting] })))
  const key = await fetch(`${emulator.identity}/common/discovery/v2.0/keys`)
  console.log('deployed; keys of the identity provider:', key.status)
  await emulator.close()
}
void main()
