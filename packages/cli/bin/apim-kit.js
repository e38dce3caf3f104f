#!/usr/bin/env node
// Not built with the rest: a package manager links a bin at install, and in this repository the build comes after that.
await import('../dist/node/main.cjs')
