import type { JObject, JToken } from '../json/token.js'

/** `context.GraphQL.Arguments` and `Parent`: JSON by name, null where there is nothing. */
export class GraphQLData {
  static readonly clrName = 'IGraphQLDataObject'

  constructor(readonly data: JObject) {}

  get(name: string): JToken | null {
    return this.data.get(name) ?? null
  }
}
