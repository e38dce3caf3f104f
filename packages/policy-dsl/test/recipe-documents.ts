import { namedValue } from '@apim-kit/core'
import {
  base,
  policies,
  text,
  tokenByClientAssertion,
  tokenByClientSecret,
  validateAndForward,
  type PolicyDocument,
  type TokenPolicies,
} from '../src/index.js'

const tenantId = namedValue('tenant-id', { value: 't' })
const clientId = namedValue('client-id', { value: 'c' })
export const clientSecret = namedValue('client-secret', { value: 's' })
const scope = namedValue('oauth-scope', { value: 'api://x/.default' })
const tokenEndpoint = text`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`
/** What both ways to a token are asked for. */
export const tokenRequest = { tokenEndpoint, clientId, scope }

/** Both halves of a way to a token, in a document. */
export const documentOfTokens = ({ inbound, outbound }: TokenPolicies): PolicyDocument =>
  policies({ inbound: [base(), inbound], outbound: [base(), outbound] })

/** A document of each recipe, by its name. */
export const recipeDocuments: readonly (readonly [string, PolicyDocument])[] = [
  ['tokenByClientSecret', documentOfTokens(tokenByClientSecret({ ...tokenRequest, clientSecret }))],
  ['tokenByClientAssertion', documentOfTokens(tokenByClientAssertion({ ...tokenRequest, certificate: 'client' }))],
  [
    'validateAndForward',
    policies({
      inbound: [
        base(),
        validateAndForward({
          tenantId,
          audiences: ['api://x'],
          anyOf: { claim: 'roles', values: ['Sample.Read'] },
          backend: 'https://x.example',
        }),
      ],
    }),
  ],
]
