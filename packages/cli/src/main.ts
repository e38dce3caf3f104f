import { run } from './program.js'
import { processTerminal } from './terminal.js'

// Not process.exit: what was written to a pipe would be cut off. `run` never rejects.
void run(process.argv.slice(2), processTerminal()).then((code) => {
  process.exitCode = code
})
