import { describe, expect, it } from 'vitest'
import type { Application } from './applications.js'
import { createDirectory } from './directory.js'

const tenantId = '5d4ae58c-9c5a-4f4e-9e3b-7f1c7e6e2a10'
const backend = { appId: 'B1', identifierUris: ['api://backend'], appRoles: ['Sample.Read', 'Sample.Write'] }
const client = {
  appId: 'C1',
  appRoleAssignments: [
    { resource: 'api://backend', roles: ['Sample.Read'] },
    { resource: 'b1', roles: ['Sample.Write'] },
  ],
}
const create = (...applications: Application[]) => createDirectory(tenantId, applications)

describe('createDirectory', () => {
  it('finds applications by id, without case, and resources by URI too', () => {
    const directory = create(backend, client)
    expect(directory.findApplication('b1')).toMatchObject({ appId: 'B1', displayName: 'B1' })
    expect(directory.findResource('api://backend')).toBe(directory.findApplication('B1'))
    expect(directory.findApplication('api://backend')).toBeUndefined()
    expect(directory.findResource('API://backend')).toBeUndefined()
  })

  it('adds up the roles that were granted under either name', () => {
    const directory = create(backend, client)
    const [from, to] = [directory.findApplication('C1'), directory.findResource('B1')]
    expect(from && to && directory.rolesOf(from, to)).toEqual(['Sample.Read', 'Sample.Write'])
    expect(from && directory.rolesOf(from, from)).toEqual([])
  })

  it('gives an application the same object id every time', () => {
    const [first, second] = [create({ appId: 'C1' }), create({ appId: 'c1' })].map(
      (one) => one.findApplication('C1')?.objectId,
    )
    expect(first).toBe(second)
    expect(create({ appId: 'x', objectId: 'given' }).findApplication('x')?.objectId).toBe('given')
  })

  it('knows the application behind credential manager, unless it is given', () => {
    const resource = 'https://azure-api.net/authorization-manager'
    expect(create().findResource(resource)?.displayName).toBe('Azure API Management Data Plane')
    const own = { appId: 'C8623E40-e6ab-4d2b-b123-2ca193542c65', displayName: 'own' }
    expect(create(own).findApplication(own.appId)?.displayName).toBe('own')
  })

  it.each<[string, readonly Application[], RegExp]>([
    ['one id twice', [backend, { appId: 'b1' }], /Two applications are named 'b1'/],
    [
      'one URI twice',
      [backend, { appId: 'x', identifierUris: ['api://backend'] }],
      /Two applications are named 'api:\/\/backend'/,
    ],
    ['a role of nobody', [client], /'api:\/\/backend', which no application is named/],
    [
      'a role that is not offered',
      [{ ...backend, appRoles: ['Sample.Read'] }, client],
      /'Sample.Write', which 'b1' does not offer/,
    ],
    [
      'a certificate that is none',
      [{ appId: 'x', certificates: ['MII'] }],
      /certificate of application 'x' cannot be read/,
    ],
  ])('refuses %s', (_what, applications, message) => {
    expect(() => create(...applications)).toThrow(message)
    expect(() => create(...applications)).toThrow(expect.objectContaining({ code: 'invalid-input' }) as Error)
  })
})
