import { normalise } from './normalise.ts'

const arabic = /\p{Script=Arabic}/u
/** A number with its unit is two words, so that "50ml" finds "50 ml". */
const numberAndUnit = /^(\d+)(ml|g|gm|kg|l|cm|mm|m|w|mah|gb|tb|inch|مل|غ|جم|كجم|كغ|سم|متر|لتر)$/u

/** Words too common to say what somebody looks for. */
const fillers: ReadonlySet<string> = new Set(
  'a an and at for from in of on or the to with في من على علي مع عن الى او و'.split(' '),
)

/** The normalised words of a text, in order: letters and digits only, Latin accents folded. */
export function wordsOf(text: string): string[] {
  return normalise(text)
    .normalize('NFD')
    .replace(/['’`\p{M}]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => numberAndUnit.exec(word)?.slice(1) ?? [word])
    .filter(Boolean)
}

/** The words of a query, each once, without fillers unless there is nothing else. */
export function queryWords(text: string, max = 8): string[] {
  const words = [...new Set(wordsOf(text))]
  const telling = words.filter((word) => !fillers.has(word))
  return (telling.length > 0 ? telling : words).slice(0, max)
}

const bareOf = (word: string): string =>
  word.length < 4 ? word : word.replace(/^(?:[وفبكل]?ال|لل|و(?=.{4}))(?=.{3})/u, '')

/** What a product is found by: its words, each once, and those with an article also without it. */
export const indexedWords = (text: string): string[] => [
  ...new Set(wordsOf(text).flatMap((word) => [word, bareOf(word)])),
]

function arabicStems(word: string): string[] {
  const bare = bareOf(word)
  const base = bare.length < 5 ? bare : bare.replace(/(?:ات|ين|ون)$/u, '')
  const stem = base === bare && bare.length > 3 ? bare.replace(/ه$/u, '') : base
  return [bare, base === bare ? bare : `${base}ه`, stem]
}

function englishStems(word: string): string[] {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return []
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`]
  return word.endsWith('es') ? [word.slice(0, -1), word.slice(0, -2)] : [word.slice(0, -1)]
}

/**
 * Other forms of a word worth trying: without و ف ب ك ل and the article, singular for plural. For recall only: a hit by a form
 * ranks below a hit by the word itself, so that brands and exact names stay first.
 */
export function stemsOf(word: string): string[] {
  const stems = arabic.test(word) ? arabicStems(word) : englishStems(word)
  return [...new Set(stems)].filter((stem) => stem !== word && stem.length >= 2)
}

const arabiziLetters: Readonly<Record<string, readonly string[]>> = {
  '2': ['', 'a'],
  '3': ['', 'a'],
  '5': ['kh'],
  '7': ['h'],
  '9': ['s'],
}

/** Arabic typed in Latin letters and digits (`3abaya`, `7ijab`) as it would be spelt without the digits; else nothing. */
export function arabiziSpellings(word: string): string[] {
  if (!/^(?=(?:\d?[a-z])+\d?$)(?=(?:.*[a-z]){2})(?=.*[23579])[a-z23579]+$/.test(word)) return []
  return Array.from(word).reduce<string[]>(
    (spellings, sign) => (arabiziLetters[sign] ?? [sign]).flatMap((letters) => spellings.map((head) => head + letters)),
    [''],
  )
}
