import type { DbOrTx } from '../../platform/db/database.ts'
import { editDistance, forgivenMistakes } from './edit-distance.ts'
import { findCompletions, findLookalikes } from './search.sql.ts'
import { phraseSynonyms, synonymsOf, synonymWords } from './synonyms.ts'
import { arabiziSpellings, queryWords, stemsOf } from './words.ts'

/** What one typed word may stand for, by how sure we are. A product matches when it has any of them. */
export interface SearchTerm {
  /** The word itself, its synonyms, and those of its other forms. */
  exact: string[]
  /** Its other forms, and words it is the beginning of. */
  near: string[]
  /** Words one or two typing mistakes away: only looked for when nothing else is known. */
  guessed: string[]
}

const MIN_PREFIX = 2

const unique = (words: Iterable<string>): string[] => [...new Set(words)]

function spellingsOf(word: string, inPhrase: readonly string[]): { exact: string[]; stems: string[] } {
  const stems = stemsOf(word)
  return { exact: unique([word, ...inPhrase, ...[word, ...stems].flatMap(synonymsOf)]), stems }
}

/** The closest words of the shop or of the synonym list, all those at the smallest distance. */
async function guess(db: DbOrTx, word: string): Promise<string[]> {
  const limit = forgivenMistakes(word)
  if (limit === 0) return []
  const candidates = unique([...(await findLookalikes(db, word)), ...synonymWords])
  const distances = candidates.map((candidate) => ({ candidate, distance: editDistance(word, candidate, limit) }))
  const best = Math.min(limit, ...distances.map((each) => each.distance))
  const closest = distances.filter((each) => each.distance === best).map((each) => each.candidate)
  return unique(closest.flatMap((found) => [found, ...synonymsOf(found)]))
}

async function guessFrom(db: DbOrTx, word: string): Promise<SearchTerm> {
  const spelt = arabiziSpellings(word)
  const completions = spelt.length > 0 ? await findCompletions(db, spelt) : new Map<string, string[]>()
  const known = spelt.filter((spelling) => completions.has(spelling) || synonymsOf(spelling).length > 0)
  if (known.length > 0)
    return {
      exact: unique(known.flatMap((spelling) => [spelling, ...synonymsOf(spelling)])),
      near: unique([...completions.values()].flat()),
      guessed: [],
    }
  const words = spelt.length > 0 ? spelt : [word, ...stemsOf(word)]
  const guesses = await Promise.all(words.map((each) => guess(db, each)))
  return { exact: [word], near: [], guessed: unique(guesses.flat()) }
}

/**
 * Turns what was typed into terms to look for. One query for the beginnings of all words; more only for words the shop does not
 * know, which are tried as Arabizi and then as typing mistakes. Words that lead nowhere are left out when others lead somewhere.
 * Answers no terms when nothing typed is a word.
 */
export async function expandQuery(db: DbOrTx, text: string): Promise<SearchTerm[]> {
  const words = queryWords(text)
  if (words.length === 0) return []
  const inPhrase = phraseSynonyms(words)
  const spellings = words.map((word) => ({ word, ...spellingsOf(word, inPhrase.get(word) ?? []) }))
  const prefixes = spellings.flatMap(({ word, stems }) => [word, ...stems]).filter((each) => each.length >= MIN_PREFIX)
  const completions = await findCompletions(db, unique(prefixes))
  const terms = await Promise.all(
    spellings.map(async ({ word, exact, stems }): Promise<SearchTerm & { isKnown: boolean }> => {
      const near = unique([...stems, ...[word, ...stems].flatMap((each) => completions.get(each) ?? [])])
      const isKnown = exact.length > 1 || near.length > stems.length
      if (isKnown || word.length < MIN_PREFIX)
        return { exact, near, guessed: [], isKnown: isKnown || words.length === 1 }
      const guessed = await guessFrom(db, word)
      return { ...guessed, isKnown: guessed.exact.length + guessed.near.length + guessed.guessed.length > 1 }
    }),
  )
  return terms.filter((term) => term.isKnown).map(({ exact, near, guessed }) => ({ exact, near, guessed }))
}
