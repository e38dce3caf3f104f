import { ApimKitError } from '@apim-kit/core'
import { createHash, randomBytes } from 'node:crypto'
import type { Application } from './applications.js'
import { readCertificate, type ClientCertificate } from './client-certificates.js'

/** An application with its defaults filled in. */
export interface Registration extends Required<Omit<Application, 'certificates'>> {
  readonly certificates: readonly ClientCertificate[]
  /** Known to nobody outside: authenticates the application when a test asks for one of its tokens. */
  readonly ownSecret: string
}

/** The applications of one tenant, found by the names under which requests know them. */
export interface Directory {
  readonly tenantId: string
  findApplication(appId: string): Registration | undefined
  /** By Application ID URI or application id. */
  findResource(name: string): Registration | undefined
  /** The roles of `resource` that were granted to `client`. */
  rolesOf(client: Registration, resource: Registration): readonly string[]
}

/**
 * The first-party application of every tenant that credential manager's `jwt` identity asks for. That this application id stands
 * behind the audience is our reading; only the name `Azure API Management Data Plane` and the audience are documented.
 */
const dataPlane: Application = {
  appId: 'c8623e40-e6ab-4d2b-b123-2ca193542c65',
  displayName: 'Azure API Management Data Plane',
  identifierUris: ['https://azure-api.net/authorization-manager'],
}

/** Reads the applications. Throws `invalid-input` for two of one name and for a role that its resource does not offer. */
export function createDirectory(tenantId: string, applications: readonly Application[]): Directory {
  const given = applications.some((application) => sameId(application.appId, dataPlane.appId))
  const registrations = (given ? applications : [...applications, dataPlane]).map((application) =>
    register(application),
  )
  const byId = index(registrations, (registration) => [registration.appId.toLowerCase()])
  const byUri = index(registrations, (registration) => registration.identifierUris)
  const directory: Directory = {
    tenantId,
    findApplication: (appId) => byId.get(appId.toLowerCase()),
    findResource: (name) => byUri.get(name) ?? byId.get(name.toLowerCase()),
    rolesOf: (client, resource) =>
      client.appRoleAssignments
        .filter((assignment) => directory.findResource(assignment.resource) === resource)
        .flatMap((assignment) => assignment.roles),
  }
  for (const registration of registrations) checkAssignments(registration, directory)
  return directory
}

function register(application: Application): Registration {
  return {
    objectId: derivedId(application.appId),
    displayName: application.appId,
    identifierUris: [],
    appRoles: [],
    clientSecrets: [],
    appRoleAssignments: [],
    appRoleAssignmentRequired: false,
    requestedAccessTokenVersion: null,
    ...application,
    certificates: (application.certificates ?? []).map((pem) => readCertificate(pem, application.appId)),
    ownSecret: randomBytes(24).toString('base64url'),
  }
}

function derivedId(appId: string): string {
  const hex = createHash('sha256').update(appId.toLowerCase()).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

function index(registrations: readonly Registration[], names: (one: Registration) => readonly string[]) {
  const found = new Map<string, Registration>()
  for (const registration of registrations)
    for (const name of names(registration)) {
      if (found.has(name)) throw invalid(`Two applications are named '${name}'; an application id or URI names one.`)
      found.set(name, registration)
    }
  return found
}

function checkAssignments({ appRoleAssignments, displayName }: Registration, directory: Directory): void {
  for (const { resource, roles } of appRoleAssignments) {
    const target = directory.findResource(resource)
    if (target === undefined)
      throw invalid(`Application '${displayName}' has roles of '${resource}', which no application is named; add it.`)
    const unknown = roles.find((role) => !target.appRoles.includes(role))
    if (unknown !== undefined)
      throw invalid(
        `Application '${displayName}' has the role '${unknown}', which '${resource}' does not offer; add it to its appRoles.`,
      )
  }
}

const invalid = (message: string): ApimKitError => new ApimKitError('invalid-input', message)

const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
