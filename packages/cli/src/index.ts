export { run } from './program.js'
export { exitCode, type ExitCode } from './exit-codes.js'
export { processTerminal, type Sink, type Terminal } from './terminal.js'
