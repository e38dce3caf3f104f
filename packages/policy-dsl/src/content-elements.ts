/**
 * Elements whose markup is content, by name; see `Shape.markup`. Reader and writers know no policies, so that they load none.
 */
export const contentElements: ReadonlySet<string> = new Set(['set-body', 'data', 'publish-to-dapr', 'xsl:stylesheet'])
