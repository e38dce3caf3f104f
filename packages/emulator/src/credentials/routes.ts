import { ApimKitError } from '@apim-kit/core'
import { Hono } from 'hono'
import type { CredentialManager } from './credential-manager.js'

/** The pages of credential manager's consent service, which a person's browser passes through. */
export function consentRoutes(credentials: Pick<CredentialManager, 'beginSignIn' | 'finishSignIn'>): Hono {
  const app = new Hono()
  app.onError((error, context) => {
    const known = error instanceof ApimKitError
    return context.text(
      known ? error.message : `The emulator failed, which is its mistake: ${error.message}`,
      known ? 400 : 500,
    )
  })
  app.get('/redirect/apim/:service/login', (context) =>
    context.redirect(credentials.beginSignIn(context.req.query('data') ?? '')),
  )
  app.get('/redirect/apim/:service', async (context) => {
    const { state = '', code, error, error_description: description } = context.req.query()
    return context.redirect(await credentials.finishSignIn({ state, code, error, description }))
  })
  return app
}
