/** What the address of a secret names. */
export interface SecretIdentifier {
  readonly vault: string
  readonly name: string
  /** Undefined for the newest. */
  readonly version: string | undefined
}

const form = /^https:\/\/([A-Za-z0-9-]+)\.vault\.azure\.net\/secrets\/([A-Za-z0-9-]{1,127})(?:\/([0-9A-Fa-f]{32}))?\/?$/

/** Reads `https://vault.vault.azure.net/secrets/name[/version]`; undefined for anything else. */
export function parseSecretIdentifier(text: string): SecretIdentifier | undefined {
  const [, vault, name, version] = form.exec(text) ?? []
  return vault === undefined || name === undefined ? undefined : { vault, name, version }
}
