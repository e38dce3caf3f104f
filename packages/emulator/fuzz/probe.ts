import { ApimKitError } from '@apim-kit/core'
import { compileExpression, contextFromJson, DotNetException } from '@apim-kit/emulator/expression'
import { checkExpression, expressionEnd, parse, print } from '@apim-kit/policy-dsl/expression'

/** What came of an input that is as it should be. */
export type Outcome = 'refused' | 'value' | 'exception'

/** Milliseconds of computing, whatever else the machine does; more for one input counts as a hang. */
const patience = 2000

/** Evaluations end by themselves after this; shorter than the service's, or a run would take days. */
const timeLimit = 20

/**
 * Sends one input through scanner, parser, printer, binder, checker, compiler and evaluator.
 *
 * @throws Error when one of them fails in a way that is no finding and no .NET exception, or takes too long
 */
export function probe(source: string): Outcome {
  const start = performance.now()
  const outcome = probeStages(source)
  // The processor's time says more than the clock's, and asking for it takes as long as a small input.
  if (performance.now() - start > patience) checkPatience(source)
  return outcome
}

function checkPatience(source: string): void {
  const start = process.cpuUsage()
  probeStages(source)
  const { user, system } = process.cpuUsage(start)
  const elapsed = (user + system) / 1000
  if (elapsed > patience) throw new Error(`It took ${Math.round(elapsed)} ms.`)
}

function probeStages(source: string): Outcome {
  expressionEnd(source, 0)
  probePrinter(source)
  try {
    const compiled = compileExpression(source, { timeLimit })
    checkExpression(source)
    const context = contextFromJson(sample)
    compiled.textOf(compiled.evaluate(context), context)
    return 'value'
  } catch (error) {
    if (error instanceof DotNetException) return 'exception'
    if (error instanceof ApimKitError) return 'refused'
    throw error
  }
}

/** What parses is printed; the text parses again, and is printed as the same text. */
function probePrinter(source: string): void {
  const { syntax, diagnostics } = parse(source)
  if (diagnostics.length > 0) return
  const text = print(syntax)
  const again = parse(text)
  const [first] = again.diagnostics
  if (first !== undefined) throw new Error(`Printed as ${text}, which does not parse: ${first.code} ${first.message}`)
  const twice = print(again.syntax)
  if (twice !== text) throw new Error(`Printed as ${text}, and that as ${twice}`)
}

const message = { headers: { 'X-A': ['a', 'b'], Authorization: ['Bearer a.b.c'] }, body: '{"a":1,"b":[true,null]}' }

const sample = {
  api: { id: 'echo', name: 'Echo', path: 'echo', serviceUrl: 'https://backend.example/v1' },
  request: {
    method: 'POST',
    url: 'https://contoso.azure-api.net/echo/items/5?x=1',
    matchedParameters: { id: '5' },
    ...message,
  },
  response: { statusCode: 200, ...message },
  variables: {
    s: { type: 'string', value: 'x' },
    n: { type: 'int', value: 5 },
    j: { type: 'JObject', value: { a: 1 } },
    r: { type: 'IResponse', value: { statusCode: 200, ...message } },
  },
}
