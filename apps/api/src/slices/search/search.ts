export { expandQuery } from './expand-query.ts'
export type { SearchTerm } from './expand-query.ts'
export { insertSearchWords } from './search.sql.ts'
export { indexedWords } from './words.ts'
