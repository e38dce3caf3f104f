import { nearest, suggestion } from '@apim-kit/core'

const rootOf = {
  policies: 'a policy document is a <policies> element, policies({ … })',
  fragment: 'a fragment is a <fragment> element, fragment([ … ])',
  resolver: "a resolver's document is one data source, resolverPolicy(httpDataSource({ … }))",
}

/**
 * The wording of every problem in one place. Each says what was met and what to write instead; rule ids and places are the
 * business of those who report.
 */
export const messages = {
  missing: () => 'is missing; it is required',
  emptyList: () => 'is empty; at least one is required',
  expected: (expected: string, met: unknown) => `expected ${expected}, got ${show(met)}`,
  handleExpected: (name: string, type: string, holds: string | undefined) =>
    `the handle ${show(name)} is of type ${type}; ${holds === undefined ? 'no variable is named here, so read it: expr`${handle}`' : `expected one of type ${holds}`}`,
  expressionNotAllowed: () => 'takes no expression; write the value itself, or a named value',
  expressionIsText: (what: string) => `${what} takes no expression, and is this text as it stands; write a text`,
  notLiteral: (data: string) =>
    `the service would not take ${show(data)} literally, and no expression may stand here to say it; leave out the {{ or the leading @`,
  illegalCharacter: (character: string) => `holds ${character}; leave it out`,
  textHolds: (character: string) => `the text holds ${character}; leave it out`,
  notClosed: (name: string) => `<${name}> is not closed; write </${name}>`,
  closedByOther: (name: string, by: string) =>
    `<${name}> is still open where </${by}> stands; write </${name}> before it`,
  nothingToClose: (name: string) => `</${name}> closes nothing; leave it out`,
  tagNotClosed: (name: string) => `the tag <${name} does not end; write > after its attributes`,
  commentNotClosed: () => 'the comment does not end; write -->',
  cdataNotClosed: () => 'the CDATA section does not end; write ]]>',
  instructionNotClosed: () => 'the processing instruction does not end; write ?>',
  declaration: () => 'a document type or another declaration may not stand in a policy document; leave it out',
  attributeTwice: (name: string) => `the attribute ${name} stands twice; keep one`,
  notAnAttribute: (met: string, element: string) =>
    `${show(met)} may not stand in the tag <${element}>; expected name="value", > or />`,
  attributeWithoutValue: (name: string) => `the attribute ${name} has no value; write ${name}="…"`,
  attributeNotClosed: () => 'the value of the attribute does not end; write its closing quote',
  strayAmpersand: () => 'a lone & may not stand in text; write &amp;',
  strayLess: (attribute: boolean) => `a lone < may not stand in ${attribute ? 'an attribute' : 'text'}; write &lt;`,
  textOutside: () => 'text may not stand outside of the root element; leave it out',
  commentBeside: () => 'a comment stands beside the element; use comment(…) for it',
  notAName: (name: string) =>
    `${show(name)} is no name of an element or attribute; the document cannot be written as XML`,
  tooDeep: (levels: number) => `elements stand more than ${levels} levels deep; reading stops here`,
  tooMany: (count: number) => `there are more than ${count} faults; reading stops here`,
  noRoot: () => 'no element was found; a policy document is a <policies> element, a fragment a <fragment> element',
  severalRoots: (name: string) => `<${name}> stands beside the root element; a document has one root`,
  expressionNotEnded: (what: string) => `the expression does not end: the ${what} that begins here is left open`,
  textAfterExpression: () =>
    'text stands after the end of the expression; one value is one expression, so join the text inside of it',
  wrongRoot: (name: string) =>
    `<${name}> is no root of a policy document; put it into a section of <policies>, or into a <fragment>`,
  wrongForm: (name: string, wanted: 'policies' | 'fragment' | 'resolver') =>
    `<${name}> is no root of the document that belongs here; ${rootOf[wanted]}`,
  unknownSectionInput: (name: string, known: readonly string[]) => `${name} is no section${suggestion(name, known)}`,
  unknownSection: (name: string) => `<${name}> is no section`,
  sectionTwice: (name: string) => `the section ${name} stands twice; put its policies into one`,
  missingSections: (names: readonly string[], global: boolean) =>
    `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} missing, and what that means is not documented; write ${names.map((name) => `<${name}>${global ? '' : '<base />'}</${name}>`).join('')}`,
  missingBase: () => 'there is no <base />, so nothing of the broader scopes runs here; add it, first as a rule',
  onePolicyInBackend: () =>
    'backend takes one policy only; put the others into it, for example into a retry or a choose',
  unexpectedText: (name: string) => `<${name}> takes no text; leave it out, or put it into the element that it is for`,
  notInFragment: (name: string) => `<${name}> may not stand in a fragment`,
  notChecked: (name: string) =>
    `<${name}> is known, but no builder made it; read(…) the text of the document to have it checked`,
  unknownPolicy: (name: string, known: readonly string[]) => {
    const near = nearest(name, known)
    return `<${name}> is no policy${near === undefined ? '; see the policy reference for their names' : `; did you mean "${near}"?`}`
  },
  wrongSection: (name: string, section: string, allowed: readonly string[]) =>
    `${name} may not stand in ${section}; ${allowed.length === 0 ? 'it is for the document of a GraphQL resolver' : `move it to ${allowed.join(' or ')}`}`,
  policyTwice: (name: string, where: string) =>
    `<${name}> stands more than once in ${where}; the documentation has it once`,
  wrongParent: (name: string, parent: string, allowed: readonly string[]) =>
    `<${name}> may not stand directly in <${parent}>; allowed are ${allowed.join(', ')}`,
  keptOut: (name: string, parent: string, because: string) => `<${name}> should not stand in <${parent}>: ${because}`,
  wrongScope: (name: string, scope: string, allowed: readonly string[]) =>
    `${name} may not stand at ${scope} scope; it is for ${allowed.join(', ')}`,
  refusedAt: (name: string, place: string, because: string) =>
    `the attribute ${name} may be refused ${place === 'fragment' ? 'in a fragment' : `at ${place} scope`} (${because})`,
  wrongGateway: (name: string, gateway: string, allowed: readonly string[]) =>
    `${name} does not run on the ${gateway} gateway; it does on ${allowed.join(', ')}`,
  unknownAttribute: (name: string, element: string) => `<${element}> has no attribute ${name}`,
  missingAttribute: (name: string) => `the attribute ${name} is missing; write ${name}="…"`,
  requiredOnlyBy: (source: string) => ` (required by ${source} only)`,
  takenOnlyBy: (source: string) => ` (taken by ${source} only)`,
  disputed: (what: string, source: string) => `${what} is known to ${source} only`,
  expressionUnstated: (what: string) => `the documentation does not say that ${what} may hold an expression`,
  wrongValue: (what: string, expected: string, met: string) => `${what} is ${show(met)}; expected ${expected}`,
  missingText: (name: string) => `<${name}> is empty; write its text`,
  childTwice: (name: string, element: string) => `<${name}> stands more than once in <${element}>; keep one`,
  missingChild: (name: string, element: string) => `<${element}> needs a <${name}>`,
  unknownChild: (name: string, element: string) => `<${name}> may not stand in <${element}>`,
  childOrder: (name: string, after: string, order: readonly string[]) =>
    `<${name}> stands after <${after}>; the order is ${order.join(', ')}`,
  orderUnclear: (because: string) => ` (${because})`,
  differentElement: (one: string, other: string) => `<${one}> here, <${other}> there`,
  differentNode: (one: string, other: string) => `${one} here, ${other} there`,
  shownValue: (value: string) => show(value),
  ruleNeeds: (property: string, when: string) => `${property} is missing; it is needed${when === '' ? '' : ` ${when}`}`,
  ruleBetween: (property: string, range: string, met: number) => `${property} is ${met}; expected ${range}`,
  ruleAtMost: (name: string, max: number, met: number) => `${name} stands ${met} times; at most ${max} are taken`,
  ruleLessThan: (name: string, met: number, than: string, limit: number) =>
    `${name} is ${met}, which is not less than ${than}, ${limit}`,
  ruleForm: (name: string, expected: string, met: string) => `${name} is ${show(met)}; expected ${expected}`,
  ruleNoEffect: (name: string, when: string) => `${name} changes nothing ${when}; leave it out`,
  ruleExactlyOne: (names: string, met: string) => `exactly one of ${names} is needed, ${met}`,
  ruleAtMostOne: (names: string, met: string) => `${names} exclude each other, ${met}; keep one`,
  connectionExpected: (met: unknown) =>
    `get-authorization-context: connection: expected a connection resource, got ${show(met)}; declare one with connection(…), or give providerId and authorizationId`,
  bearerNeedsName: () =>
    'setBearerHeader() needs the variable as a plain name, since its expression reads that name; write the set-header yourself where the name is computed',
  expressionsRefused: () => 'the document has expressions that are not valid:',
  refusedWrongly: (rules: readonly string[]) =>
    `Where the service takes it all the same, put comment('apim-kit-disable-next ${rules.join(',')} why') before the policy.`,
  noXmlBuilder: () =>
    'toXml() did not find xmlbuilder2 beside this program, as a rule because the program is bundled; call toXml(document) of @apim-kit/policy-dsl/xml, which brings it along, or toRawXml()',
  textForHandle: (name: string, type: string, met: string) =>
    `set-variable: value: ${show(met)} is stored as text, and the handle ${JSON.stringify(name)} is of type ${type}; write an expression, such as expr\`…\``,
  ruleAtLeastOne: (names: string) => `at least one of ${names} is needed`,
}

/** A value as messages show it: short, on one line. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : `an object of ${Object.keys(value).join(', ') || 'nothing'}`
  const text = typeof value === 'string' ? JSON.stringify(value) : `${value as number | boolean | bigint | null}`
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
