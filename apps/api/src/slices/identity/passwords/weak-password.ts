import { comparable, MIN_LISTED_LENGTH } from './common-list.ts'
import type { CommonList } from './common-list.ts'
import { isRun, MIN_RUN } from './keyboard.ts'

/** What is known of whoever chooses a password: others know it too. */
export interface Person {
  name?: string | null
  /** E.164. */
  phone?: string | null
  email?: string | null
}

/** Digits and signs round a word that are none of its own: so many are decoration. */
const MAX_DECORATION = 8
const MAX_WORD = 40
/** A pattern shorter than that stays weak however often it is repeated. */
const MIN_UNIT = 8
const MIN_OWN_WORD = 3

const leetLetters: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
  '!': 'i',
  '1': 'i',
  '|': 'l',
}
const lettersFor = (text: string, one: 'i' | 'l'): string =>
  text.replace(/[@430$57!1|]/g, (sign) => (sign === '1' ? one : (leetLetters[sign] ?? sign)))

/** A word as written, and as meant: `p4ssw0rd` is `password`. */
const readingsOf = (text: string): Set<string> => new Set([text, lettersFor(text, 'i'), lettersFor(text, 'l')])

const shopWords = (
  'dhow dubai sharjah abudhabi ajman emirates emirati uae souq souk bazaar habibi love ilove ' +
  'shop store online shopping login signin password passwort welcome admin account ' +
  'داو دبي الشارقة أبوظبي ابوظبي الإمارات الامارات سوق متجر كلمة السر المرور مرحبا'
).split(' ')

function phoneForms(phone: string): string[] {
  const digits = phone.replace(/\D/g, '')
  const national = digits.replace(/^971/, '')
  return [digits, `00${digits}`, national, `0${national}`]
}

/** Words that are no secret here: the shop's own, and everything about the person; each as a whole and in its parts. */
export function ownWords(person: Person, merchantNames: readonly string[]): Set<string> {
  const local = person.email?.split('@')[0] ?? ''
  const texts = [...merchantNames, person.name ?? '', local].map(comparable)
  const parts = texts.flatMap((text) => [
    text,
    text.replace(/[^\p{L}\p{N}]/gu, ''),
    ...text.split(/[^\p{L}\p{N}]+|\d+/u),
  ])
  const phones = person.phone ? phoneForms(person.phone) : []
  return new Set([...shopWords, ...parts, ...phones].filter((word) => word.length >= MIN_OWN_WORD))
}

/** The shortest pattern that, repeated (the last time perhaps cut short), is the text. */
function unitOf(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1)
    if (text.slice(length) === text.slice(0, -length)) return text.slice(0, length)
  return text
}

interface Guesser {
  list: CommonList
  own: ReadonlySet<string>
}

const isListed = ({ list }: Guesser, text: string): boolean =>
  [...readingsOf(text)].some((reading) => list.has(reading))
const isOwn = ({ own }: Guesser, text: string): boolean => [...readingsOf(text)].some((reading) => own.has(reading))
const isDecoration = (sign: string): boolean => !/\p{L}/u.test(sign)

/**
 * Reads the text as own words, runs, one listed word (as often as it likes) and a little decoration. `budget[i]` is the most
 * decoration still allowed when the first `i` characters are read; undefined where no reading ends.
 */
function isBuiltOf(guesser: Guesser, text: string, word: string | undefined): { isWhole: boolean; ends: number[] } {
  const budget: (number | undefined)[] = [MAX_DECORATION]
  const reach = (end: number, left: number): void => void (budget[end] = Math.max(budget[end] ?? 0, left))
  for (let start = 0; start < text.length; start += 1) {
    const left = budget[start]
    if (left === undefined) continue
    if (left > 0 && isDecoration(text[start] ?? '')) reach(start + 1, left - 1)
    if (word && text.startsWith(word, start)) reach(start + word.length, left)
    for (let end = start + MIN_RUN; end <= Math.min(text.length, start + MAX_WORD); end += 1) {
      const part = text.slice(start, end)
      if (isRun(part) || isOwn(guesser, part)) reach(end, left)
    }
  }
  return {
    isWhole: budget[text.length] !== undefined,
    ends: [...budget.keys()].filter((at) => budget[at] !== undefined),
  }
}

/** Listed words that begin where a reading without one ends: the word a password is decorated round must be among them. */
function* listedWords(guesser: Guesser, text: string, starts: readonly number[]): Generator<string> {
  for (const start of starts)
    for (let end = start + MIN_LISTED_LENGTH; end <= Math.min(text.length, start + MAX_WORD); end += 1) {
      const word = text.slice(start, end)
      if (isListed(guesser, word)) yield word
    }
}

/**
 * Whether somebody who knows the list of common passwords, the shop and the person would try it early: it is listed, a short
 * pattern repeated, or one listed word, own words and runs along the keyboard put together with a few digits and signs.
 */
export function isGuessable(password: string, guesser: Guesser): boolean {
  const text = comparable(password)
  if (isListed(guesser, text)) return true
  const unit = unitOf(text)
  if (unit !== text && (unit.length < MIN_UNIT || isListed(guesser, unit))) return true
  const { isWhole, ends } = isBuiltOf(guesser, text, undefined)
  if (isWhole) return true
  for (const word of new Set(listedWords(guesser, text, ends))) if (isBuiltOf(guesser, text, word).isWhole) return true
  return false
}
