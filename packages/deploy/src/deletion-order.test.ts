import { kinds } from '@apim-kit/core'
import { expect, it } from 'vitest'
import { deletionWaves } from './deletion-order.js'

const waveOf = (name: string): number =>
  deletionWaves(Object.values(kinds)).findIndex((wave) => wave.some(({ kind }) => kind === name))

it.each([
  ['apiPolicy', 'policyFragment'],
  ['globalPolicy', 'policyFragment'],
  ['productPolicy', 'policyFragment'],
  ['operationPolicy', 'policyFragment'],
  ['resolverPolicy', 'policyFragment'],
  ['policyFragment', 'backend'],
  ['policyFragment', 'connection'],
  ['apiPolicy', 'backend'],
  ['policyFragment', 'namedValue'],
  ['connection', 'credentialProvider'],
  ['diagnostic', 'logger'],
  ['subscription', 'product'],
  ['api', 'apiVersionSet'],
])('deletes every %s before any %s', (user, used) => {
  expect(waveOf(user)).toBeLessThan(waveOf(used))
})
