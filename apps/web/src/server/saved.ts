/** What the address says has just been done, if it is one of these. */
export function savedOf<Name extends string>(query: URLSearchParams, names: readonly Name[]): Name | null {
  const saved = query.get('saved')
  return names.find((name) => name === saved) ?? null
}
