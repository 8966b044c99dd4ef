import { Problem } from './problem.ts'

/** Where in a list by time a page ended; the id breaks ties. */
export interface Position {
  at: Date
  id: string
}

const shape = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Opaque to callers. */
const printPosition = ({ at, id }: Position): string => Buffer.from(`${at.getTime()}.${id}`).toString('base64url')

/** Throws `catalog/cursor-invalid`. */
export function parsePosition(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  const [, millis, id] = shape.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (millis === undefined || id === undefined) throw new Problem('catalog/cursor-invalid')
  return { at: new Date(Number(millis)), id }
}

/** A page of at most `limit` rows, of which one more was read to know whether it goes on. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position,
): { rows: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { rows: shown, nextCursor: last === undefined ? null : printPosition(positionOf(last)) }
}
