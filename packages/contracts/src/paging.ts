import { z } from 'zod'

/** Query of a list that is read page by page. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(400).optional(),
}

/** A page of a list; without a cursor it is the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() })
