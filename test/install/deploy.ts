import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { assertDeployed, deployTo } from '@apim-kit/deploy'
import { startEmulator } from '@apim-kit/emulator'
import { shopStack } from './shop.js'

const warehouse = createServer((request, response) => {
  response.end(request.headers.authorization?.startsWith('Bearer ey') ? 'with a token' : 'without a token')
}).listen(0, '127.0.0.1')
await once(warehouse, 'listening')
const { port } = warehouse.address() as AddressInfo

const emulator = await startEmulator({
  hosts: { 'warehouse.example': `http://127.0.0.1:${port}` },
  applications: [
    { appId: '44444444-4444-4444-4444-444444444444', identifierUris: ['api://warehouse'] },
    { appId: '33333333-3333-3333-3333-333333333333', clientSecrets: ['only the emulator has it'] },
  ],
})

const deployment = deployTo({
  ...emulator.service,
  endpoint: emulator.arm,
  environment: { SHOP_SECRET: 'only the emulator has it' },
})
assertDeployed(await deployment.apply(shopStack))

const again = await deployment.plan(shopStack)
console.log('changes of the second plan:', again.changes.filter(({ action }) => action !== 'none').length)

const answer = await fetch(`${emulator.gateway}/orders/`)
console.log('the gateway answers:', answer.status, await answer.text())

await emulator.close()
warehouse.close()
