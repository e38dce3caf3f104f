import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(`packages/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    // Tests run against the sources, so that they never see a stale build; the packed packages have a test of their own.
    alias: [
      { find: /^@apim-kit\/(core|policy-dsl|deploy|emulator)$/, replacement: source('$1/src/index.ts') },
      { find: /^@apim-kit\/(core|policy-dsl|deploy|emulator)\/(.+)$/, replacement: source('$1/src/$2.ts') },
      { find: /^apim-kit$/, replacement: source('cli/src/index.ts') },
    ],
  },
  test: {
    // Test files share a worker's modules: a third of the time of a process per file, and a proof that importing does nothing.
    pool: 'threads',
    isolate: false,
    // By default one core is left to the watcher, which nobody has here: with two cores that would be half of the machine.
    maxWorkers: '100%',
    // A busy machine is slow, not wrong; what does not end is still found.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What passing tests print is noise in the summary.
    silent: 'passed-only',
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'examples/*/**/*.test.ts',
      'test/*.test.ts',
    ],
  },
})
