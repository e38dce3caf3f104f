// Runs the pnpm that package.json pins, through npx, so that a machine with Node and npm needs nothing else.
// JavaScript, since it runs before anything is installed. Usage: node scripts/pnpm.mjs install --frozen-lockfile
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const { packageManager } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const { status, error } = spawnSync('npx', ['--yes', packageManager, ...process.argv.slice(2)], {
  stdio: 'inherit',
  // npx is a .cmd file on Windows, and only a shell starts those.
  shell: process.platform === 'win32',
})
if (error) throw error
process.exitCode = status ?? 1
