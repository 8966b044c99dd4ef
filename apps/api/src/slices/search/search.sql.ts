import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

/** Remembers words so that they can be found by their beginning or despite a mistake. In word order: two writers can't deadlock. */
export async function insertSearchWords(tx: DbOrTx, words: Iterable<string>): Promise<void> {
  const all = [...new Set(words)].toSorted()
  await sql`insert into search_words (word) select unnest(${all}::text[]) on conflict do nothing`.execute(tx)
}

const MAX_COMPLETIONS = 40

/**
 * Words that begin with each of the prefixes, a few dozen each, in dictionary order. A range of the primary key: LIKE with a
 * parameter could not use it. Plan at 60,000 words: Nested Loop over an Index Only Scan using search_words_pkey, 0.1 ms a prefix.
 */
export async function findCompletions(db: DbOrTx, prefixes: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ prefix: string; word: string }>`
    select asked.prefix, found.word
    from unnest(${[...prefixes]}::text[]) as asked(prefix)
    cross join lateral (
      select word from search_words
      where word >= asked.prefix and word < asked.prefix || chr(1114111)
      order by word limit ${MAX_COMPLETIONS}
    ) found`.execute(db)
  const completions = new Map<string, string[]>()
  for (const { prefix, word } of rows) completions.set(prefix, [...(completions.get(prefix) ?? []), word])
  return completions
}

/** Words of the shop that look like this one, most alike first. Plan: Bitmap Index Scan on search_words_trigrams_idx. */
export async function findLookalikes(db: DbOrTx, word: string): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from search_words where word % ${word} order by similarity(word, ${word}) desc, word limit 30`.execute(
    db,
  )
  return rows.map((row) => row.word)
}
