import { ApimKitError, isResource, type Resource } from '@apim-kit/core'
import { flag, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { attributeOf, type Element, type Policy } from '../element.js'
import { messages } from '../messages.js'
import { needs, noEffect } from '../rules.js'
import { csharpString, Expression, Literal, namedValuesIn } from '../value.js'
import { setHeader } from './set-header.js'

/** What a {@link getAuthorizationContext} policy can do beside standing in a document. */
export interface AuthorizationContextVerbs {
  /**
   * The policy, and after it a `set-header` that sends the token it fetched: `Authorization: Bearer …`. Without a token (with
   * `ignoreError`) the header is `Bearer ` alone.
   */
  setBearerHeader(): readonly [Policy<'inbound'>, Policy]
}

const describe = definePolicy(
  'get-authorization-context',
  {
    sections: ['inbound'],
    scopes: ['global', 'product', 'api', 'operation'],
    gateways: ['classic', 'v2', 'consumption'],
    keepsTokens: ['classic', 'v2'],
    attributes: {
      /** The credential provider, by name. */
      providerId: text({ required: true, refersTo: 'credentialProvider' }),
      /** The connection, by name. */
      authorizationId: text({ required: true, refersTo: 'connection', parent: 'providerId' }),
      /** The variable that receives the `Authorization` object. */
      contextVariableName: text({ variable: 'set', holds: 'Authorization', required: true }),
      /** Whose right to the connection is checked: the service's own identity, or that of the token in `identity`. Default: `managed`. */
      identityType: oneOf(['managed', 'jwt'], { default: 'managed' }),
      /** An Entra token for `https://azure-api.net/authorization-manager`; read only when `identityType` is `jwt`. */
      identity: text(),
      /** On failure: `true` stores null in the variable, `false` answers 500. Default: `false`. */
      ignoreError: flag({ default: false }),
    },
    rules: [
      needs('identity', { when: { identityType: 'jwt' } }),
      noEffect({ property: 'identity', unless: { identityType: 'jwt' } }),
    ],
    examples: [
      {
        input: {
          providerId: 'github',
          authorizationId: 'octocat',
          contextVariableName: 'auth',
          identityType: 'managed',
          ignoreError: false,
        },
        xml: '<get-authorization-context provider-id="github" authorization-id="octocat" context-variable-name="auth" identity-type="managed" ignore-error="false" />',
      },
    ],
  },
  {
    setBearerHeader() {
      return [this, setHeader({ name: 'Authorization', existsAction: 'override', value: bearerOf(this) })] as const
    },
  } satisfies AuthorizationContextVerbs & ThisType<Policy>,
)

type AttributeForm = Parameters<typeof describe>[0]

/** The short form: a declared connection, and the variable for its token. */
export type ConnectionForm = Pick<AttributeForm, 'id' | 'identityType' | 'identity' | 'ignoreError'> & {
  /** The connection; it says the credential provider too. */
  readonly connection: Resource<'connection'>
  /** The variable that receives the `Authorization` object. */
  readonly variable: AttributeForm['contextVariableName']
}

/** Both forms, as overloads: of a union the editor would show no doc comments. */
export interface GetAuthorizationContext {
  (input: ConnectionForm): ReturnType<typeof describe>
  (input: AttributeForm): ReturnType<typeof describe>
  readonly definition: typeof describe.definition
}

/**
 * Puts the token of a connection into a context variable. The gateway keeps the token fresh; the policy hands over the current
 * one. Not on the self-hosted gateway, and not in workspaces.
 *
 * @param input - a declared connection with `variable`, or the attributes by name
 * @throws ApimKitError `invalid-input`
 * @example
 * policies({ inbound: [base(), getAuthorizationContext({ connection: client, variable: 'auth-context' }).setBearerHeader()] })
 */
export const getAuthorizationContext: GetAuthorizationContext = Object.assign(
  (input: AttributeForm | ConnectionForm) => describe(isConnectionForm(input) ? attributesOf(input) : input),
  { definition: describe.definition },
)

/** Untyped callers may pass anything: only an object with a connection is the short form, the rest is checked as attributes. */
const isConnectionForm = (input: AttributeForm | ConnectionForm): input is ConnectionForm =>
  typeof input === 'object' && input !== null && 'connection' in input

/** The attributes of the short form. The defaults are written out: who reads the document sees whose right counts, and what fails. */
function attributesOf({ connection, variable, ...rest }: ConnectionForm): AttributeForm {
  if (!isResource(connection) || connection.kind !== 'connection' || connection.parent === undefined) {
    throw new ApimKitError('invalid-input', messages.connectionExpected(connection))
  }
  return {
    providerId: connection.parent.name,
    authorizationId: connection.name,
    contextVariableName: variable,
    identityType: 'managed',
    ignoreError: false,
    ...rest,
  }
}

/** The article's expression: null where there is no token, so that a swallowed error does not become another one. */
function bearerOf(policy: Element): Expression {
  const variable = attributeOf(policy, 'context-variable-name')
  if (!(variable instanceof Literal) || namedValuesIn(variable.text).length > 0) {
    throw new ApimKitError('invalid-input', messages.bearerNeedsName())
  }
  return new Expression(
    `@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault(${csharpString(variable.text)}))?.AccessToken)`,
  )
}
