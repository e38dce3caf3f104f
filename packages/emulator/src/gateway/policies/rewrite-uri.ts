import { rewriteUri } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { PolicyError } from '../policy-error.js'
import type { RequestContext } from '../request-context.js'

/** The template becomes the path behind the backend's base address. `context.Request.OriginalUrl` keeps the caller's. */
export const runRewriteUri = handle(rewriteUri, ({ template, copyUnmatchedParams }, context) => {
  const filled = fillParameters(template.trim(), context.encodedParameters)
  const mark = filled.indexOf('?')
  const path = mark < 0 ? filled : filled.slice(0, mark)
  const written = mark < 0 ? [] : pairsOf(filled.slice(mark))
  const pairs = copyUnmatchedParams ? [...written, ...unmatched(context, namesOf(written))] : written
  context.target = {
    ...context.target,
    path: path === '' || path.startsWith('/') ? path : `/${path}`,
    queryString: pairs.length === 0 ? '' : `?${pairs.join('&')}`,
  }
})

function fillParameters(template: string, parameters: ReadonlyMap<string, string>): string {
  return template.replace(/\{\*?([^{}]+)\}/g, (_, name: string) => {
    const value = parameters.get(name)
    if (value !== undefined) return value
    // The service refuses such a template on save; an expression shows it only now.
    throw new PolicyError(
      `The template names {${name}}, which is no parameter of the operation's URL template; known are: ${[...parameters.keys()].join(', ')}.`,
    )
  })
}

/** What the operation's template and the rewrite template do not name; a parameter that the latter writes wins. */
function unmatched(context: RequestContext, written: ReadonlySet<string>): string[] {
  return pairsOf(context.target.queryString).filter((pair) => {
    const name = nameOf(pair)
    return !context.templateQuery.has(name) && !written.has(name)
  })
}

function pairsOf(queryString: string): string[] {
  return queryString
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
}

function namesOf(pairs: readonly string[]): Set<string> {
  return new Set(pairs.map(nameOf))
}

function nameOf(pair: string): string {
  return (pair.split('=', 1)[0] ?? '').toLowerCase()
}
