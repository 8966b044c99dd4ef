const AWAY_AFTER_MS = 500

/** What Redis answers; undefined when it fails or hangs, since whoever asks has another way to count. */
export async function orAway<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), AWAY_AFTER_MS)
  })
  try {
    return await Promise.race([work, tooLate])
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
