import { Hono, type Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { SecretRow, SecretStore, SecretVersion } from './secret-store.js'

/** What the Key Vault routes need. */
export interface KeyVaultOptions {
  readonly secrets: SecretStore
  /** The tenant that the challenge names. */
  readonly tenantId: string
  /** The vault that a request means whose `Host` names none. */
  readonly defaultVault: string
}

/** Ends the host names of vaults in the public cloud. */
const suffix = '.vault.azure.net'

/** Azure's rule for the names of secrets. */
const secretName = /^[0-9a-zA-Z-]{1,127}$/

/**
 * The secrets of Azure Key Vault, as its own `SecretClient` asks for them: get, set, list, list versions, delete. The vault is
 * told by the `Host` field, `<vault>.vault.azure.net`. There any bearer token is accepted, but it has to be one: the client sends
 * its first request without a body and waits for the challenge. Under a loopback name nothing is asked for; the client reads
 * over plain http then, but it never writes without https.
 */
export function keyVaultRoutes({ secrets, tenantId, defaultVault }: KeyVaultOptions): Hono {
  const challenge = `Bearer authorization="https://login.microsoftonline.com/${tenantId}", resource="https://vault.azure.net"`
  const vaultOf = (context: Context): string => vaultOfHost(context.req.header('host') ?? '') ?? defaultVault
  // The client ends the address with a slash where it wants the newest version.
  const app = new Hono({ strict: false })

  app.use(async (context, next) => {
    const { host = '', authorization = '' } = context.req.header()
    if (vaultOfHost(host) === undefined || /^Bearer \S/i.test(authorization)) return next()
    const answer = problem(context, 401, 'Unauthorized', 'Request is missing a Bearer token.')
    answer.headers.set('WWW-Authenticate', challenge)
    return answer
  })

  app.get('/secrets', (context) => {
    const vault = vaultOf(context)
    return context.json({ value: secrets.list(vault).map((row) => secretItem(vault, row)), nextLink: null })
  })

  app.get('/secrets/:name/versions', (context) => {
    const [vault, name] = [vaultOf(context), context.req.param('name')]
    const versions = secrets.versions(vault, name)
    if (versions.length === 0) return notFound(context, name)
    return context.json({ value: versions.map((version) => versionItem(vault, name, version)), nextLink: null })
  })

  app.get('/secrets/:name/:version?', (context) => {
    const [vault, name] = [vaultOf(context), context.req.param('name')]
    const found = secrets.get(vault, name, context.req.param('version'))
    return found === undefined ? notFound(context, name) : context.json(bundle(vault, name, found))
  })

  app.put('/secrets/:name', async (context) => {
    const [vault, name] = [vaultOf(context), context.req.param('name')]
    if (!secretName.test(name))
      return problem(
        context,
        400,
        'BadParameter',
        `'${name}' is no name for a secret; write 1 to 127 letters, digits, -`,
      )
    const body: unknown = await context.req.json().catch(() => undefined)
    const { value, contentType, tags } = Object(body) as Partial<SecretVersion>
    if (typeof value !== 'string')
      return problem(context, 400, 'BadParameter', 'Property value is missing; write a text')
    return context.json(bundle(vault, name, secrets.set(vault, name, { value, contentType, tags })))
  })

  // Without a recoveryId: a client takes the secret for gone at once, as in a vault without soft delete.
  app.delete('/secrets/:name', (context) => {
    const [vault, name] = [vaultOf(context), context.req.param('name')]
    const last = secrets.delete(vault, name)?.versions.at(-1)
    return last === undefined ? notFound(context, name) : context.json(versionItem(vault, name, last))
  })

  app.all('*', (context) => {
    const { method, path } = context.req
    const what = `${method} ${path} is not emulated; of Key Vault there are: get, set, list, list versions and delete of secrets`
    return problem(context, 501, 'NotImplemented', what)
  })
  return app
}

/** The vault that a `Host` field names; undefined for other hosts. */
export function vaultOfHost(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '')
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined
}

function bundle(vault: string, name: string, secret: SecretVersion): object {
  return { value: secret.value, ...versionItem(vault, name, secret) }
}

function secretItem(vault: string, { name, versions }: SecretRow): object {
  const last = versions.at(-1)
  return { ...describe(last), id: secretId(vault, name) }
}

function versionItem(vault: string, name: string, secret: SecretVersion): object {
  return { ...describe(secret), id: `${secretId(vault, name)}/${secret.version}` }
}

/** What lists tell of a version: all but the value. Times are whole seconds. */
function describe(secret: SecretVersion | undefined): object {
  const seconds = Math.floor((secret?.created ?? 0) / 1000)
  return {
    ...(secret?.contentType === undefined ? {} : { contentType: secret.contentType }),
    ...(secret?.tags === undefined ? {} : { tags: secret.tags }),
    attributes: { enabled: true, created: seconds, updated: seconds },
  }
}

function secretId(vault: string, name: string): string {
  return `https://${vault}${suffix}/secrets/${name}`
}

function notFound(context: Context, name: string): Response {
  return problem(context, 404, 'SecretNotFound', `A secret with (name/id) ${name} was not found in this key vault.`)
}

function problem(context: Context, status: ContentfulStatusCode, code: string, message: string): Response {
  return context.json({ error: { code, message } }, status)
}
