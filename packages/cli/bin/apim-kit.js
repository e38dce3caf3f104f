#!/usr/bin/env node
// Not built with the rest: a package manager links a bin at install, and in this repository the build comes after that.
import { processTerminal, run } from '../dist/esm/index.js'

// Not process.exit: what was written to a pipe would be cut off.
process.exitCode = await run(process.argv.slice(2), processTerminal())
