const BATCH = 1_000

/**
 * Repeats a statement until it finds less than a batch to do, so that none runs into the statement time-out or holds its locks
 * for long. Returns how many rows it was in all.
 */
export async function inBatches(work: (limit: number) => Promise<{ numAffectedRows?: bigint }>): Promise<number> {
  let all = 0
  for (let done = BATCH; done === BATCH; all += done) done = Number((await work(BATCH)).numAffectedRows ?? 0)
  return all
}
