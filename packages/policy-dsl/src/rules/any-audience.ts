import { attributeOf, type Element } from '../element.js'
import type { SyntaxNode } from '../expression/nodes.js'
import type { Child, Shape } from '../shape.js'
import { Literal } from '../value.js'
import { childrenFor } from '../view.js'
import type { DocumentRule } from './rule.js'
import { nodesIn, variablesNamedBy } from './variables.js'

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
      if (shape === undefined || !acceptsAnyAudience(element, shape)) continue
      byHand ??= expressions.some((found) => nodesIn(found).some(namesAudiences))
      if (byHand && variablesNamedBy(visited).some(({ how }) => how === 'set')) continue
      yield {
        subject: visited,
        message: `${element.name} accepts a token for any audience; add <audiences> with the one of this API`,
      }
    }
  },
}

const namesAudiences = (node: SyntaxNode): boolean =>
  (node.kind === 'member' || node.kind === 'member-binding') && node.name.name === 'Audiences'

/** Whether the element looks at tokens, and none of its children says whom they are for. */
function acceptsAnyAudience(element: Element, shape: Shape): boolean {
  const limits = Object.entries(shape.children ?? {}).filter(([, { options }]) => options.limitsAudience !== undefined)
  return limits.length > 0 && !limits.some(([property, entry]) => saysAudience(element, property, entry))
}

function saysAudience(element: Element, property: string, entry: Child): boolean {
  const items = childrenFor(element, property, entry)
  return entry.options.limitsAudience === 'claims' ? items.some(isAudienceClaim) : items.length > 0
}

const isAudienceClaim = (claim: Element): boolean => {
  const name = attributeOf(claim, 'name')
  return name !== undefined && (!(name instanceof Literal) || name.text === 'aud' || name.text.includes('{{'))
}
