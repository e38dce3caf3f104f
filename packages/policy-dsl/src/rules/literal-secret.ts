import { attributeOf } from '../element.js'
import type { SyntaxNode } from '../expression/nodes.js'
import type { PolicyFieldOptions } from '../fields.js'
import { Expression, Literal, namedValuesIn, type Value } from '../value.js'
import { describedAttributes, isValue, textOf } from '../view.js'
import type { Visited } from '../walk.js'
import type { CheckedDocument, DocumentRule } from './rule.js'
import {
  hasKnownSecret,
  isBasicCredential,
  isUserAndPassword,
  looksChosen,
  looksRandom,
  looksWritten,
} from './secrets.js'
import { nodesIn } from './variables.js'

/** Credentials that stand in the document itself. */
export const literalSecret: DocumentRule = {
  id: 'policy/literal-secret',
  severity: 'warning',
  title: 'A credential stands in the document',
  why: 'Everybody who may read the API, its repository or an export of the service can read it, and it stays in their history. A named value that a key vault holds keeps it out of the document, and it can be changed without a deployment. What is looked for: literal passwords and keys where a policy takes one, random-looking values of headers, query parameters and variables with the name of a credential, keys and passwords of which an expression makes bytes, and texts in the form of tokens, connection strings, signed addresses and private keys.',
  bad: `<authentication-basic username="orders" password="hunter2" />`,
  at: 'hunter2',
  good: `<authentication-basic username="orders" password="{{orders-password}}" />`,
  source: 'The documentation of named values: secrets belong into Key Vault.',
  *find(document) {
    const told = new Set<Value>()
    for (const visited of document.elements) {
      const secret = secretIn(visited)
      if (secret === undefined) continue
      told.add(secret.value)
      yield finding(visited, secret.what, secret.value)
    }
    yield* secretsInExpressions(document, told)
  },
}

const finding = (visited: Visited, what: string, value: Value) => ({
  subject: visited,
  at: value,
  message: `${what} holds a credential in clear; put it into a named value of a key vault and write {{its-name}}`,
})

interface Secret {
  readonly what: string
  readonly value: Value
}

/** The first credential of an element; the value itself is told nowhere. */
function secretIn(visited: Visited): Secret | undefined {
  const { element } = visited
  const own = credentials(visited).find((credential) => isCredential(visited, credential))
  if (own !== undefined) return own
  const known = element.attributes.find(({ value }) => value instanceof Literal && hasKnownSecret(value.text))
  if (known !== undefined) return { what: `the attribute ${known.name}`, value: known.value }
  const text = element.children.filter(isValue).find((value) => value instanceof Literal && hasKnownSecret(value.text))
  return text === undefined ? undefined : { what: `the text of <${element.name}>`, value: text }
}

interface Credential extends Secret {
  readonly kind: NonNullable<PolicyFieldOptions['credential']>
}

/** What stands where the policy's description says that a credential does, or may. */
function credentials({ element, shape }: Visited): Credential[] {
  const attributes = describedAttributes(element, shape).flatMap(({ name, value, field }): Credential[] => {
    const kind = field.options.credential
    return kind === undefined ? [] : [{ what: `the attribute ${name}`, value, kind }]
  })
  const kind = shape?.text?.options.credential
  return kind === undefined
    ? attributes
    : [...attributes, { what: `the text of <${element.name}>`, value: textOf(element), kind }]
}

/** A named value in it is a sign that the rest is none. */
function isCredential(visited: Visited, { value, kind }: Credential): boolean {
  if (kind === 'named' || kind === 'parameter') {
    const name = nameOf(visited)
    return name !== undefined && isCredentialName(name, kind) && holdsCredential(value, passwordName.test(name))
  }
  if (!(value instanceof Literal) || namedValuesIn(value.text).length > 0) return false
  return kind === 'password' ? looksWritten(value.text) : looksRandom(value.text)
}

/** Headers, query parameters and variables of such names hold credentials. */
const credentialName =
  /(?:^|[-_.])(?:proxy-authorization|authorization|(?:api|functions|subscription|access|account|sas|shared|master)[-_]?key|secret|password|passwd|pwd|token|credentials?)s?$/i

/** Names that hold credentials in a query only. */
const credentialParameter = /^(?:code|sig|key)$/i

/** Names of what people choose: it need not look made by a machine. */
const passwordName = /(?:secret|password|passwd|pwd)s?$/i

/** The name beside the value, or that of the policy that the value stands in: `clientSecret` is `client-Secret`. */
function nameOf({ element, parent }: Visited): string | undefined {
  const name = attributeOf(element, 'name') ?? (parent === undefined ? undefined : attributeOf(parent.element, 'name'))
  return name instanceof Literal ? name.text.replace(/([a-z\d])([A-Z])/g, '$1-$2') : undefined
}

const isCredentialName = (name: string, kind: 'named' | 'parameter'): boolean =>
  credentialName.test(name) || (kind === 'parameter' && credentialParameter.test(name))

function holdsCredential(value: Value, chosenByPeople: boolean): boolean {
  const text = literalText(value)
  if (text === undefined) return false
  if (chosenByPeople && looksChosen(text)) return true
  const [, scheme = '', rest = text] = /^(Bearer|Basic|SharedAccessSignature|ApiKey)\s+(.+)$/i.exec(text) ?? []
  return looksRandom(rest) || (/^basic$/i.test(scheme) && isBasicCredential(rest))
}

/** Literal text, or that of an expression which is nothing but a string. */
function literalText(value: Value): string | undefined {
  const source = value instanceof Expression ? /^@\(\s*"([^"\\]*)"\s*\)$/.exec(value.source)?.[1] : value.text
  return source === undefined || namedValuesIn(source).length > 0 ? undefined : source
}

/** Strings of expressions are looked at for the known forms, and where bytes are made of them: names and messages stand there too. */
function* secretsInExpressions({ expressions }: CheckedDocument, told: ReadonlySet<Value>) {
  for (const found of expressions) {
    if (told.has(found.value)) continue
    const nodes = nodesIn(found)
    if (nodes.some((node) => stringsIn(node).some(hasKnownSecret) || makesSecretBytes(node)))
      yield finding(found.visited, 'the expression', found.value)
  }
}

function stringsIn(node: SyntaxNode): string[] {
  if (node.kind === 'literal') return typeof node.value === 'string' ? [node.value] : []
  return node.kind === 'interpolated-string'
    ? node.parts.flatMap((part) => (part.kind === 'text' ? [part.value] : []))
    : []
}

/** Keys are Base64, and for the scheme Basic the bytes of `user:password` are made. */
function makesSecretBytes(node: SyntaxNode): boolean {
  if (node.kind !== 'call' || node.target.kind !== 'member') return false
  const [text] = node.arguments.flatMap(({ value }) => stringsIn(value))
  if (text === undefined || namedValuesIn(text).length > 0) return false
  const { name } = node.target.name
  return (name === 'FromBase64String' && looksRandom(text)) || (name === 'GetBytes' && isUserAndPassword(text))
}
