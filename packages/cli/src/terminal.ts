import { styleText } from 'node:util'

/** A stream that text goes to. */
export interface Sink {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** Where a command writes, and whether it may ask. Tests pass their own. */
export interface Terminal {
  /** Results: text for people, or the one JSON document. */
  readonly out: Sink
  /** Progress, warnings and errors. */
  readonly err: Sink
  /** Whether somebody can answer a question. */
  readonly interactive: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    out: process.stdout,
    err: process.stderr,
    interactive: process.stdin.isTTY && process.stderr.isTTY && process.env['CI'] === undefined,
    env: process.env,
  }
}

export type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** Colours a text for a stream; plain where the stream is no terminal or `NO_COLOR` is set. */
export function paint(terminal: Terminal, sink: Sink, style: Style, text: string): string {
  const { NO_COLOR: noColor } = terminal.env
  const coloured = sink.isTTY === true && (noColor === undefined || noColor === '')
  // The streams are checked above; Node's own check would look at the wrong one in tests.
  return coloured ? styleText(style, text, { validateStream: false }) : text
}

/** Writes one line. */
export function line(sink: Sink, text = ''): void {
  sink.write(`${text}\n`)
}

/** Writes the one JSON document of a command. */
export function json(terminal: Terminal, value: unknown): void {
  line(terminal.out, JSON.stringify(value))
}
