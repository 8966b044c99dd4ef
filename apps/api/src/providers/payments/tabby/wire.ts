import { z } from 'zod'

/**
 * What Tabby answers, as far as we read it (docs.tabby.ai, API reference, November 2026). Unknown fields are let through: Tabby adds
 * some without notice. Lists may be null where others would send empty ones.
 */

/** Major units as text, to minor units. Fils have two decimals; three are KWD's, which no payment of ours is in. */
const Amount = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,3})?$/)
  .transform((text) => {
    const [units = '', fraction = ''] = text.split('.')
    return Number(units + fraction.padEnd(2, '0'))
  })

const List = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])

const Move = z.object({ id: z.string().max(100), amount: Amount, reference_id: z.string().nullish() })

export const tabbyStates = ['CREATED', 'AUTHORIZED', 'CLOSED', 'REJECTED', 'EXPIRED'] as const

export const TabbyPayment = z.object({
  id: z.string().min(1).max(100),
  status: z.enum(tabbyStates),
  created_at: z.iso.datetime({ offset: true }),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
  amount: Amount,
  currency: z.string().max(10),
  captures: List(Move),
  refunds: List(Move),
  meta: z.object({ order_id: z.string().nullish() }).nullish(),
})
export type TabbyPayment = z.infer<typeof TabbyPayment>

const Product = z.object({ web_url: z.url().nullish(), rejection_reason: z.string().nullish() })

export const TabbySession = z.object({
  id: z.string().min(1).max(100),
  status: z.enum(['created', 'rejected', 'expired', 'approved']),
  payment: z.object({ id: z.string().min(1).max(100) }),
  configuration: z.object({
    available_products: z.object({ installments: List(Product) }).nullish(),
    products: z.object({ installments: z.object({ rejection_reason: z.string().nullish() }).nullish() }).nullish(),
  }),
})
export type TabbySession = z.infer<typeof TabbySession>

export const TabbyPage = z.object({
  payments: List(TabbyPayment),
  pagination: z.object({ total_count: z.int().min(0) }),
})

export const TabbyEndpoint = z.object({
  id: z.string().min(1).max(100),
  url: z.string(),
  header: z.object({ title: z.string().nullish(), value: z.string().nullish() }).nullish(),
})
export type TabbyEndpoint = z.infer<typeof TabbyEndpoint>
export const TabbyEndpoints = List(TabbyEndpoint)
export const TabbyOk = z.object({ status: z.string() })

/** One of its two shapes of an error; a bare string and anything else come out empty. */
export const TabbyFault = z
  .object({
    errorType: z.string().max(50).nullish(),
    error: z.string().nullish(),
    errors: z.array(z.object({ field: z.string().nullish(), code: z.string().nullish() })).nullish(),
  })
  .catch({})
