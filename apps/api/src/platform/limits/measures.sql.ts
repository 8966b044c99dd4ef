import type { Db } from '../db/database.ts'

/** Whom a threat rule slows down just now. A handful of rows at most. */
export async function listSlowed(db: Db, now: Date): Promise<string[]> {
  const rows = await db.selectFrom('securityMeasures').select('subject').where('until', '>', now).execute()
  return rows.map((row) => row.subject)
}
