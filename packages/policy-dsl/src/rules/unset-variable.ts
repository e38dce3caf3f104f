import { suggestion } from '@apim-kit/core'
import { positionInside } from '../check-expressions.js'
import type { CheckedDocument, DocumentRule, Finding } from './rule.js'
import { nodesIn, variablesNamedBy, variableUses } from './variables.js'

/** Context variables that are read and that nothing in the document sets. */
export const unsetVariable: DocumentRule = {
  id: 'policy/unset-variable',
  severity: 'warning',
  title: 'A context variable is read that nothing in the document sets',
  why: 'context.Variables["x"] throws KeyNotFoundException where x was never set, and GetValueOrDefault gives null: mostly the name is misspelt. Documents of broader scopes may set the variable too, which a look at one document cannot tell. Nothing is said in a fragment, in a document that includes one or sets a variable by a computed name, nor about a variable that the document asks for with ContainsKey.',
  bad: `<set-variable name="user-id" value="@(context.User.Id)" />
<set-header name="X-User" exists-action="override">
  <value>@((string)context.Variables["userid"])</value>
</set-header>`,
  at: 'context.Variables["userid"]',
  good: `<set-variable name="user-id" value="@(context.User.Id)" />
<set-header name="X-User" exists-action="override">
  <value>@((string)context.Variables["user-id"])</value>
</set-header>`,
  source: 'The documentation of policy expressions: context.Variables holds what policies put there.',
  *find(document) {
    const { root, elements } = document
    if (root.name !== 'policies' || elements.some(({ definition }) => definition?.description.opaque === true)) return
    const named = elements.flatMap(variablesNamedBy)
    const set = named.filter(({ how }) => how === 'set').map(({ name }) => name)
    if (set.includes(undefined)) return
    const known = new Set(set.filter((name) => name !== undefined))
    const told = new Set(testedNames(document))
    let guesses = 0
    for (const { name, finding } of reads(document)) {
      if (known.has(name) || told.has(name)) continue
      told.add(name)
      const message = `nothing in this document sets the variable ${JSON.stringify(name)}${guesses++ < maxGuesses ? didYouMean(name, [...known]) : ''}; set it before, or keep this quiet where a broader scope sets it`
      yield { ...finding, message }
    }
  },
}

/** A guess compares a name with every other; where so many are unknown, nothing was merely misspelt. */
const maxGuesses = 50

/** Only a near name is worth a word; a list of all would hide the message. */
function didYouMean(name: string, known: readonly string[]): string {
  const near = suggestion(name, known)
  return near.includes('did you mean') ? near.replace('?', '') : ''
}

const testedNames = ({ expressions }: CheckedDocument): string[] =>
  expressions.flatMap((found) =>
    variableUses(nodesIn(found))
      .filter(({ how }) => how === 'tested')
      .map(({ name }) => name),
  )

interface Read {
  readonly name: string
  readonly finding: Omit<Finding, 'message'>
}

function* reads({ elements, expressions }: CheckedDocument): Iterable<Read> {
  for (const { how, name, visited, value } of elements.flatMap(variablesNamedBy))
    if (how === 'read' && name !== undefined) yield { name, finding: { subject: visited, at: value } }
  for (const found of expressions) {
    const { element } = found.visited
    const uses = variableUses(nodesIn(found)).toSorted((a, b) => a.start - b.start)
    for (const { name, how, start } of uses) {
      const position = positionInside(found.value, start)
      if (how === 'read')
        yield {
          name,
          finding: { subject: { element, path: found.path }, at: position === undefined ? {} : { position } },
        }
    }
  }
}
