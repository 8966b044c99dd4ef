import type { ProductSort } from '@dhow/contracts/catalog.ts'
import { Problem } from '../../platform/http/problem.ts'

export type ListSort = ProductSort | 'relevance'

/** A place between two products of a sorted list: the whole-number sort key and id of the product it is next to. */
export interface Cursor {
  sort: ListSort
  direction: 'after' | 'before'
  key: number
  id: string
}

const letterOf: Readonly<Record<ListSort, string>> = {
  featured: 'f',
  newest: 'n',
  'price-asc': 'p',
  'price-desc': 'q',
  relevance: 'r',
}

const shape = /^([fnpqr])([<>])(-?\d{1,16})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

/** Opaque to callers, so that it may change; not signed, because all it can say is where to go on reading. */
export function printCursor(cursor: Cursor): string {
  const sign = cursor.direction === 'after' ? '>' : '<'
  return Buffer.from(`${letterOf[cursor.sort]}${sign}${cursor.key}.${cursor.id}`).toString('base64url')
}

/** Throws `catalog/cursor-invalid` for anything `printCursor` did not print for this very sort. */
export function parseCursor(text: string, sort: ListSort): Cursor {
  const [, letter, sign, key, id] = shape.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? []
  const isValid = letter === letterOf[sort] && id !== undefined && Number.isSafeInteger(Number(key))
  if (!isValid) throw new Problem('catalog/cursor-invalid')
  return { sort, direction: sign === '>' ? 'after' : 'before', key: Number(key), id }
}
