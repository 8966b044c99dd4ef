/**
 * How many single-letter mistakes (insert, drop, swap for another, swap neighbours) lie between two words: optimal string
 * alignment. Gives up above `limit` and answers limit + 1.
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let before: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const isSame = left[i - 1] === right[j - 1]
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    if (Math.min(...row) > limit) return limit + 1
    before = previous
    previous = row
  }
  return Math.min(previous[right.length] ?? limit + 1, limit + 1)
}

/** How many mistakes we forgive: none in three letters, one up to six, two beyond. */
export const forgivenMistakes = (word: string): number => (word.length <= 3 ? 0 : word.length <= 6 ? 1 : 2)
