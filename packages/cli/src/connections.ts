import type { ConnectionStatus } from '@apim-kit/deploy'
import { line, paint, type Terminal } from './terminal.js'

/** Prints the state of connections, and what a person has to do for those that do not work. */
export function printConnections(terminal: Terminal, connections: readonly ConnectionStatus[]): void {
  for (const { id, status, error, loginLink } of connections) {
    const connected = status === 'Connected'
    const state = paint(terminal, terminal.out, connected ? 'green' : loginLink === null ? 'red' : 'yellow', status)
    line(
      terminal.out,
      `${connectionTitle({ id })}: ${state}${error === null ? '' : ` (${error.code}: ${error.message.trim()})`}`,
    )
    if (loginLink !== null) line(terminal.out, `  sign in to connect it: ${loginLink}`)
  }
}

/** `connection client of backend`. */
export function connectionTitle({ id }: Pick<ConnectionStatus, 'id'>): string {
  const [provider = '', , name = ''] = id.split('/').slice(-3)
  return `connection ${name} of ${provider}`
}

/** Whether something is wrong with a connection that nobody can mend by signing in. */
export function isBroken({ status, loginLink }: ConnectionStatus): boolean {
  return status !== 'Connected' && loginLink === null
}
