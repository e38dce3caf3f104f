import type { BoundBlock, BoundExpression, BoundPattern, BoundStatement, BoundSwitchSection } from '../bound.js'
import type {
  Declarator,
  Expression,
  GotoStatement,
  Statement,
  SwitchLabel,
  SwitchSection,
  SwitchStatement,
} from '../syntax.js'
import type { Binder } from './binder.js'
import { constantText } from './constants.js'
import { bindCondition, bindValue } from './expressions.js'
import { completesList } from './flow.js'
import { bindPattern, boxed, needsBox } from './patterns.js'
import type { BlockScope } from './scope.js'
import { bindStatements } from './statements.js'

export function bindSwitch(b: Binder, syntax: SwitchStatement): BoundStatement {
  const value = bindValue(b, syntax.value)
  const { start, end } = syntax
  return b.inScope((scope) => {
    const functions: BoundBlock['functions'][number][] = []
    const patterns: (readonly (BoundPattern | undefined)[])[] = []
    b.switches.push(patterns)
    const scopes = syntax.sections.map((section) => bindLabels(b, section, value, patterns))
    for (const { inner } of scopes) inner.home = scope
    for (const { name } of syntax.sections.flatMap((section) => section.statements.flatMap(declarators)))
      scope.later.add(name.name)
    b.jumps ||= scope.later.size > 0
    const sections = syntax.sections.map((section, index): BoundSwitchSection => {
      const { inner, guards } = scopes[index] ?? { inner: scope, guards: [] }
      const bound = within(b, inner, () => bindStatements(b, section.statements))
      functions.push(...bound.functions)
      const labels = (patterns[index] ?? []).flatMap((pattern, at) => (pattern ? [{ pattern, when: guards[at] }] : []))
      return { labels, isDefault: section.labels.some((label) => label.kind === 'default'), statements: bound.list }
    })
    b.switches.pop()
    checkSections(b, syntax, sections)
    const boxedValue = needsBox(patterns.flat()) ? boxed(b, value) : value
    const locals = [...scope.locals, ...scopes.flatMap(({ inner }) => inner.locals)]
    return { kind: 'switch', value: boxedValue, locals, functions, sections, start, end }
  })
}

const declarators = (statement: Statement): readonly Declarator[] =>
  statement.kind === 'local' ? statement.declarators : []

/** The labels of a section, in a scope of their own: two sections may use one name for what they match. */
function bindLabels(
  b: Binder,
  section: SwitchSection,
  value: BoundExpression,
  patterns: (readonly (BoundPattern | undefined)[])[],
): { inner: BlockScope; guards: readonly (BoundExpression | undefined)[] } {
  return b.inScope((inner) => {
    patterns.push(
      section.labels.map((label) => (label.kind === 'case' ? bindPattern(b, label.pattern, value) : undefined)),
    )
    const guards = section.labels.map((label) =>
      label.kind === 'case' ? label.when && bindCondition(b, label.when) : undefined,
    )
    return { inner, guards }
  })
}

function within<T>(b: Binder, scope: BlockScope, run: () => T): T {
  const outer = b.scope
  b.scope = scope
  const result = run()
  b.scope = outer
  return result
}

/** A section may not run into the next one, and no case may stand twice. */
function checkSections(b: Binder, syntax: SwitchStatement, sections: readonly BoundSwitchSection[]): void {
  const seen = new Set<unknown>()
  const [, second] = syntax.sections.flatMap(({ labels }) => labels.filter(({ kind }) => kind === 'default'))
  if (second) b.report('CS0152', second, "The switch statement contains multiple cases with the label value 'default:'")
  for (const [index, section] of sections.entries()) {
    const own = syntax.sections[index]
    const label = own?.labels.at(-1)
    if (own && label && completesList(section.statements)) {
      const isLast = index === sections.length - 1
      const shown = labelText(b, label)
      if (isLast) b.report('CS8070', label, `Control cannot fall out of switch from final case label ('${shown}')`)
      else b.report('CS0163', label, `Control cannot fall through from one case label ('${shown}') to another`)
    }
    for (const { pattern, when } of section.labels) {
      if (pattern.kind !== 'constant' || when) continue
      const key = typeof pattern.value.value === 'object' ? null : pattern.value.value
      if (seen.has(key))
        b.report(
          'CS0152',
          own?.labels.find((label) => label.kind === 'case' && label.pattern.start === pattern.value.start) ??
            pattern.value,
          `The switch statement contains multiple cases with the label value '${constantText(key)}'`,
        )
      seen.add(key)
    }
  }
}

const labelText = (b: Binder, label: SwitchLabel): string => b.diagnostics.source.slice(label.start, label.end)

export function bindGoto(b: Binder, syntax: GotoStatement): BoundStatement[] {
  const { target, start, end } = syntax
  if (target.kind === 'label') {
    const { name } = target.name
    if (!b.scope.hasLabel(name)) {
      b.report('CS0159', target.name, `No such label '${name}' within the scope of the goto statement`)
      return []
    }
    b.jumps = true
    return [{ kind: 'goto', label: name, start, end }]
  }
  const sections = b.switches.at(-1)
  if (sections === undefined) {
    b.report('CS0153', syntax, 'A goto case is only valid inside a switch statement')
    return []
  }
  b.jumps = true
  const section =
    target.kind === 'default' ? defaultOf(b, sections, syntax) : sectionOf(b, sections, target.value, syntax)
  // Where there is no such section the statement leads nowhere: the next one is reached.
  return section < 0 ? [] : [{ kind: 'goto-case', section, start, end }]
}

type Patterns = Binder['switches'][number]

/** The section with `default`, which is the label without a pattern; -1, and a report, where there is none. */
function defaultOf(b: Binder, sections: Patterns, syntax: GotoStatement): number {
  const at = sections.findIndex((patterns) => patterns.includes(undefined))
  if (at < 0) b.report('CS0159', syntax, "No such label 'default:' within the scope of the goto statement")
  return at
}

function sectionOf(b: Binder, sections: Patterns, syntax: Expression, statement: GotoStatement): number {
  const value = bindValue(b, syntax)
  if (value.type.kind === 'error') return -1
  if (value.kind !== 'constant') {
    b.report('CS0150', statement, 'A constant value is expected')
    return -1
  }
  const at = sections.findIndex((patterns) =>
    patterns.some((pattern) => pattern?.kind === 'constant' && pattern.value.value === value.value),
  )
  const shown = constantText(value.value)
  if (at < 0) b.report('CS0159', statement, `No such label 'case ${shown}:' within the scope of the goto statement`)
  return at
}
