/** How often each key occurs: `countBy(answers, (answer) => answer.status)` → `{ 201: 5, 409: 15 }`. */
export function countBy<T>(values: readonly T[], keyOf: (value: T) => string | number): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[keyOf(value)] = (counts[keyOf(value)] ?? 0) + 1
  return counts
}
