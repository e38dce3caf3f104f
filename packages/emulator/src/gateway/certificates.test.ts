import { expect, it } from 'vitest'
import { clientCertificate } from '../../test/client-certificate.js'
import type { ConfigurationChange, StoredCertificate } from '../emulator-context.js'
import { createCertificates } from './certificates.js'

const { pfx, password } = clientCertificate
const thumbprint = '3B3E0B28A9CF89F4F655D10983E63C2B63095AC6'

function source(...certificates: StoredCertificate[]) {
  let announce: (change: ConfigurationChange) => void = () => undefined
  return {
    certificates,
    reads: 0,
    announce: (change: ConfigurationChange) => announce(change),
    listCertificates() {
      this.reads += 1
      return this.certificates
    },
    onChange(listener: (change: ConfigurationChange) => void) {
      announce = listener
      return () => undefined
    },
  }
}

it('finds a certificate with its key by its id and by its thumbprint', () => {
  const { list } = createCertificates(source({ id: 'client', data: pfx, password }))
  expect([...list().keys()]).toEqual(['client', thumbprint])
  expect(list().get('client')?.privateKey).toBeDefined()
})

it('leaves out one whose secret is gone, and says when one cannot be opened', () => {
  expect(createCertificates(source({ id: 'gone', data: undefined, password: undefined })).list().size).toBe(0)
  expect(() => createCertificates(source({ id: 'client', data: pfx, password: 'another' })).list()).toThrow(Error)
})

it('reads once after a change of a certificate or of a secret', () => {
  const stored = source({ id: 'client', data: pfx, password })
  const { list } = createCertificates(stored)
  list()
  list()
  stored.announce({ kind: 'backend' })
  list()
  expect(stored.reads).toBe(1)
  stored.certificates = []
  stored.announce({ kind: 'certificate' })
  expect(list().size).toBe(0)
  stored.announce({ kind: 'namedValue' })
  list()
  expect(stored.reads).toBe(3)
})
