import type * as library from 'oidc-provider'

/** The library as a module. */
export type OidcProviderModule = typeof library

let loaded: Promise<OidcProviderModule> | undefined

/** Loads oidc-provider on first use: it takes some 150 ms, which an emulator that is never asked for a token need not spend. */
export function loadOidcProvider(): Promise<OidcProviderModule> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<OidcProviderModule> {
  fillUrlParse()
  const restore = muteRuntimeWarning()
  try {
    return await import('oidc-provider')
  } finally {
    restore()
  }
}

/** oidc-provider calls the standard `URL.parse`, which Node has since 20.17 or so; older ones of our range get the same. */
function fillUrlParse(): void {
  if ('parse' in URL) return
  const parse = (url: string, base?: string): URL | null => (URL.canParse(url, base) ? new URL(url, base) : null)
  Object.defineProperty(URL, 'parse', { value: parse, configurable: true, writable: true })
}

/**
 * On Node 20 the library prints that it wants Node 22. What we use of it is tested on Node 20, and an emulator's user can do
 * nothing about it, so that one line is left out; all other warnings pass.
 */
function muteRuntimeWarning(): () => void {
  const output = globalThis.console
  // oxlint-disable-next-line typescript/unbound-method -- put back below as it was
  const { warn } = output
  output.warn = (...values: unknown[]) => {
    if (!String(values[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn.apply(output, values)
  }
  return () => {
    output.warn = warn
  }
}
