import type { BoundExpression, BoundField, BoundProperty } from '@apim-kit/policy-dsl/expression'
import type { ExpressionContext } from '../context/context.js'
import { HeaderView, ObjectView, StringListView } from '../context/views.js'
import type { ClrValue } from '../values/value.js'
import type { Code } from './frame.js'
import { plainSlot } from './operands.js'

/** What nearly every expression reads of its context, in one call instead of two for each name. Nothing on these ways is null, but for their ends. */
const reads: Readonly<Record<string, (context: ExpressionContext) => ClrValue>> = {
  Request: ({ request }) => request,
  Response: ({ response }) => response,
  Variables: ({ variables }) => new ObjectView(variables),
  'Request.Method': ({ request }) => request.method,
  'Request.Body': ({ request }) => request.body,
  'Request.Headers': ({ request }) => new HeaderView(request.headers),
  'Request.Url': ({ request }) => request.url,
  'Request.Url.Host': ({ request }) => request.url.host,
  'Request.Url.Path': ({ request }) => request.url.path,
  'Request.Url.Query': ({ request }) => new StringListView(request.url.query),
}

/** `context.Request.Url.Host` and its kind; undefined: the node reads something else. */
export function contextRead(node: BoundProperty | BoundField): Code | undefined {
  const names: string[] = []
  let place: BoundExpression = node
  while (place.kind === 'property' && place.receiver !== undefined) {
    names.unshift(place.member.member.name)
    place = place.receiver
  }
  const slot = plainSlot(place)
  const key = names.join('.')
  if (slot === undefined || place.type.id !== 'IProxyRequestContext' || !Object.hasOwn(reads, key)) return undefined
  const read = reads[key]
  return read && ((frame) => read(frame[slot] as ExpressionContext))
}
