/** Zero-width and bidirectional marks, tatweel, and the vowel and Quranic marks of Arabic. */
const removed =
  /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u061C\u0640\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED]/gu

const folded: ReadonlyMap<string, string> = new Map([
  ...['آ', 'أ', 'إ', 'ٱ'].map((letter): [string, string] => [letter, 'ا']),
  ['ؤ', 'و'],
  ['ئ', 'ي'],
  ['ى', 'ي'],
  ['ی', 'ي'],
  ['ة', 'ه'],
  ['ک', 'ك'],
  ['٫', '.'],
  ['٬', ','],
  ['،', ','],
])
const foldable = /[آأإٱؤئىیةک٫٬،]/gu
const easternDigits = /[\u0660-\u0669\u06F0-\u06F9]/gu

/**
 * The one normal form of text for search, applied alike to products and to what people type: the order of steps is part of it
 * (NFKC first, so that presentation forms such as ﻻ become letters before letters are folded). Never shown to anybody.
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replace(removed, '')
    .replace(foldable, (letter) => folded.get(letter) ?? letter)
    .replace(easternDigits, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
}
