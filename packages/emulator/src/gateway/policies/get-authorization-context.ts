import { getAuthorizationContext } from '@apim-kit/policy-dsl'
import { CredentialError } from '../../credentials/credential-error.js'
import { Authorization } from '../../expression/index.js'
import { handle } from '../behaviour.js'
import { clrFromJson } from '../clr-value.js'
import { PolicyError } from '../policy-error.js'

/** Puts the connection's current token into the variable; on failure null with `ignore-error`, else the request ends in 500. */
export const runGetAuthorizationContext = handle(
  getAuthorizationContext,
  async (parameters, { services, variables }) => {
    try {
      const { accessToken, claims } = await services.credentials.authorize(parameters)
      const values = Object.entries(claims).map(([name, value]) => [name, clrFromJson(value)] as const)
      variables.set(parameters.contextVariableName, new Authorization(accessToken, new Map(values)))
    } catch (error) {
      if (!(error instanceof CredentialError)) throw error
      // No reason is published for this policy; the message is what credential manager says.
      if (!parameters.ignoreError) throw new PolicyError(error.message, { cause: error })
      variables.set(parameters.contextVariableName, null)
    }
  },
)
