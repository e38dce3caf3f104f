import { ApimKitError } from '@apim-kit/core'
import { describe, expect, it } from 'vitest'
import {
  base,
  check,
  choose,
  comment,
  expr,
  expression,
  fragment,
  getAuthorizationContext,
  httpDataSource,
  namedValueReference,
  policies,
  rawPolicy,
  resolverPolicy,
  returnResponse,
  setBody,
  setHeader,
  setStatus,
  setVariable,
  variable,
  type PolicyList,
} from './index.js'

/** The error that a document is refused with. */
function refused(build: () => unknown): ApimKitError {
  try {
    build()
  } catch (error) {
    if (error instanceof ApimKitError) return error
    throw error
  }
  return expect.fail('the document was built')
}

const inbound = (...list: PolicyList<'inbound'>): unknown => policies({ inbound: [base(), ...list] })
const rules = ({ problems }: ApimKitError): string[] => problems.map(({ rule }) => rule)
const when = (condition: ReturnType<typeof expr>) => choose({ when: [{ condition, policies: [] }] })

describe('a document with expressions that somebody wrote', () => {
  it('refuses a name that there is not, with a caret under it', () => {
    const error = refused(() => inbound(setHeader({ name: 'a', value: expr`context.Request.Headers["X"].Frist()` })))
    expect(error.code).toBe('invalid-expression')
    expect(error.message.split('\n')).toEqual([
      'the document has expressions that are not valid:',
      expect.stringContaining("  inbound/set-header[1]/value[1]: CS1061: 'string[]' does not contain a definition"),
      '    @(context.Request.Headers["X"].Frist())',
      '                                   ^',
      expect.stringContaining("comment('apim-kit-disable-next policy/expression why')"),
    ])
    expect(error.problems).toEqual([
      {
        rule: 'policy/expression',
        severity: 'error',
        path: 'inbound/set-header[1]/value[1]',
        line: 1,
        column: 32,
        message: expect.stringMatching(/^CS1061: .*\(line 1, column 32 of the expression\)$/),
      },
    ])
  })

  it('tells all of them at once, each at its place', () => {
    const error = refused(() =>
      inbound(
        setVariable({ name: 'a', value: expr`unknown + other` }),
        when(expr`"yes"`),
        setBody(expr`{
          var x = 1;
          return y;
        }`),
      ),
    )
    expect(error.problems.map(({ path, line, column }) => [path, line, column])).toEqual([
      ['inbound/set-variable[1]/@value', 1, 3],
      ['inbound/set-variable[1]/@value', 1, 13],
      ['inbound/choose[1]/when[1]/@condition', 1, 3],
      ['inbound/set-body[1]', 3, 18],
    ])
  })

  it.each([
    ['of statements with a way out that returns nothing', () => setBody(expr`{ if (context.Api == null) return 1; }`)],
    ['from given source, its syntax too', () => setBody(expression('@(1 +)'))],
    ['of a handle', () => when(variable('a', 'string').value)],
    ['deep inside', () => choose({ when: [{ condition: true, policies: [returnResponse({ setBody: expr`x` })] }] })],
  ])('looks at expressions %s', (_, policy) => {
    expect(refused(() => inbound(policy() as PolicyList<'inbound'>[number])).problems).toHaveLength(1)
  })

  it('asks the place for the type: a condition is a bool', () => {
    expect(rules(refused(() => inbound(when(expr`context.Variables["a"]`))))).toEqual(['policy/expression-result'])
    expect(rules(refused(() => inbound(when(expr`context.User?.Groups.Any()`))))).toEqual(['policy/expression-result'])
    inbound(when(expr`context.User?.Groups.Any() == true`))
  })

  it('refuses what the service does not let through, and leaves warnings to check', () => {
    const error = refused(() => inbound(setBody(expr`Regex.Escape("a+b")`)))
    expect(rules(error)).toEqual(['policy/expression-allow-list'])
    expect(error.message).toContain("APIM0002: Usage of member 'Escape'")
    const built = policies({
      inbound: [base(), setVariable({ name: 'a', value: '1' }), setBody(expr`context.Variables["a"].ToString()`)],
    })
    expect(check(built).map(({ rule, severity }) => [rule, severity])).toEqual([
      ['policy/expression-allow-list', 'warning'],
    ])
  })

  it('is a fragment or that of a resolver too', () => {
    expect(refused(() => fragment([setBody(expr`a`)])).problems[0]?.path).toBe('set-body[1]')
    const source = httpDataSource({ httpRequest: { setMethod: 'GET', setUrl: expr`a` } })
    expect(refused(() => resolverPolicy(source)).code).toBe('invalid-expression')
  })

  it('lets a comment say that the service knows better', () => {
    inbound(
      comment('apim-kit-disable-next policy/expression-allow-list asked support'),
      setBody(expr`Regex.Escape("")`),
    )
    const other = comment('apim-kit-disable-next policy/expression another rule')
    expect(rules(refused(() => inbound(other, setBody(expr`Regex.Escape("")`))))).toEqual([
      'policy/expression-allow-list',
    ])
  })

  it('takes named values for anything', () => {
    const name = namedValueReference('name')
    inbound(
      when(expr`${name}`),
      when(expression('@({{name}})')),
      setBody(expr`${name}.Member + 1`),
      setHeader({ name: 'a', value: expr`"https://${name}/".Length` }),
      setStatus({ code: expression('@({{name}} + 1)'), reason: 'a' }),
    )
    // In a string it is text: the rest is looked at.
    expect(rules(refused(() => inbound(when(expr`"https://${name}/"`))))).toEqual(['policy/expression-result'])
    expect(rules(refused(() => inbound(setBody(expr`"${name}".Lenght`))))).toEqual(['policy/expression'])
  })

  it('asks nothing of what nobody wrote as an expression', () => {
    inbound(
      getAuthorizationContext({ providerId: 'a', authorizationId: 'b', contextVariableName: 'c' }).setBearerHeader(),
      setBody('@(no code) {{no named value}}'),
      rawPolicy('<set-body>@(it stands as it is)</set-body>'),
    )
  })
})
