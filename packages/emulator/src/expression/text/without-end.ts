/**
 * A text without those of these characters that stand at its end.
 *
 * A regular expression like `/0+$/` begins again at every zero on the way: a million of them in the middle take it many minutes, and
 * no limit of an expression's time can stop it meanwhile.
 */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
