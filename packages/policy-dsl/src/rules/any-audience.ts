import { attributeOf, childElements, type Element } from '../element.js'
import { Literal } from '../value.js'
import type { DocumentRule } from './rule.js'
import { nodesIn } from './variables.js'

/** Tokens that were made for somebody else. */
export const anyAudience: DocumentRule = {
  id: 'policy/any-audience',
  severity: 'warning',
  title: 'A token is accepted whoever it was made for',
  why: 'Without audiences any token of the issuer passes, one that a user gave to another application too: that application can then call this API in the name of the user. A required claim aud does the same, and so does an expression that looks at the Audiences of the token that the policy puts into a variable.',
  bad: `<validate-jwt header-name="Authorization" require-scheme="Bearer">
  <openid-config url="https://id.example.com/.well-known/openid-configuration" />
</validate-jwt>`,
  at: '<validate-jwt',
  good: `<validate-jwt header-name="Authorization" require-scheme="Bearer">
  <openid-config url="https://id.example.com/.well-known/openid-configuration" />
  <audiences>
    <audience>api://orders</audience>
  </audiences>
</validate-jwt>`,
  source: 'RFC 8725, 3.9: use and validate audience. The documentation of validate-jwt and validate-azure-ad-token.',
  *find({ elements, expressions }) {
    let byHand: boolean | undefined
    for (const visited of elements) {
      const { element, shape } = visited
      if (shape === undefined || !validators.includes(element.name) || limitsAudience(element)) continue
      byHand ??= expressions.some((found) =>
        nodesIn(found).some(
          (node) => (node.kind === 'member' || node.kind === 'member-binding') && node.name.name === 'Audiences',
        ),
      )
      if (byHand && attributeOf(element, 'output-token-variable-name') !== undefined) continue
      yield {
        subject: visited,
        message: `${element.name} accepts a token for any audience; add <audiences> with the one of this API`,
      }
    }
  },
}

const validators = ['validate-jwt', 'validate-azure-ad-token']

const limitsAudience = (element: Element): boolean =>
  childElements(element).some(
    (child) =>
      // The applications that a token may be for are audiences by another name.
      ((child.name === 'audiences' || child.name === 'backend-application-ids') && childElements(child).length > 0) ||
      (child.name === 'required-claims' && childElements(child).some(isAudienceClaim)),
  )

const isAudienceClaim = (claim: Element): boolean => {
  const name = attributeOf(claim, 'name')
  return name !== undefined && (!(name instanceof Literal) || name.text === 'aud' || name.text.includes('{{'))
}
