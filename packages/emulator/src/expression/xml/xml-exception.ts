import { DotNetException } from '../values/exception.js'

/** `XmlException`: the message, and where the fault is if that is known. */
export function xmlException(message: string, place?: { line: number; column: number }): DotNetException {
  const where = place === undefined ? '' : ` Line ${place.line}, position ${place.column}.`
  return new DotNetException('System.Xml.XmlException', message + where)
}

/** How messages name a character: `'x', hexadecimal value 0x78`; what is no character is a dot. */
export function namedCharacter(text: string, offset: number): { readonly text: string; readonly code: string } {
  const code = text.codePointAt(offset) ?? 0
  return { text: code === 0 ? '.' : String.fromCodePoint(code), code: code.toString(16).toUpperCase().padStart(2, '0') }
}

export function illegalCharacter(text: string, offset: number): string {
  const character = namedCharacter(text, offset)
  return `'${character.text}', hexadecimal value 0x${character.code}, is an invalid character.`
}

/** What is wrong with a name: its first letter, or one that follows. */
export function wrongName(text: string, offset: number, first: boolean): string {
  const character = namedCharacter(text, offset)
  return first
    ? `Name cannot begin with the '${character.text}' character, hexadecimal value 0x${character.code}.`
    : `The '${character.text}' character, hexadecimal value 0x${character.code}, cannot be included in a name.`
}
