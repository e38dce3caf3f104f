import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { run, type ExitCode, type Sink } from '../src/index.js'

/** What a run of the command line left behind. */
export interface Outcome {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

/** Runs the command line in this process, as nobody at a terminal. */
export async function apimKit(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const [out, err] = [new Recorder(), new Recorder()]
  const code = await run(args, { out, err, interactive: false, env })
  return { code, out: out.text, err: err.text }
}

class Recorder implements Sink {
  text = ''

  write(text: string): void {
    this.text += text
  }
}

/** A folder with these files, gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'apim-kit-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}
