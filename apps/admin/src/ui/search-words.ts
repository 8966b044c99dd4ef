/** Letters people write either way are one, so that a search finds what is meant: hamza forms, final ya, ta marbuta, case, accents. */
const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u0655\u0640]/g, '')
    .replace(/\u0649/g, '\u064a')
    .replace(/\u0629/g, '\u0647')

const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/[\s@.]+/)
    .filter(Boolean)

/** Whether every typed word begins a word of the text (an Arabic one also after its article). */
export function isFound(text: string, typed: string): boolean {
  const words = wordsOf(text)
  return wordsOf(typed).every((part) =>
    words.some((word) => word.startsWith(part) || word.replace(/^\u0627\u0644/, '').startsWith(part)),
  )
}
