import { z } from 'zod'
import { mine } from './account.ts'
import { defineEndpoint } from './endpoint.ts'
import { Id, Instant, Money, OrderNumber, typedText } from './primitives.ts'
import { ApprovalView } from './staff.ts'

/** Why credit came or went. */
export const creditKinds = ['refund', 'refund-failed', 'credit-spent', 'credit-returned', 'credit-adjusted'] as const

export const StoreCreditEntry = z
  .strictObject({
    id: z.int(),
    kind: z.enum(creditKinds),
    /** Below zero where it was spent or taken. */
    amount: Money,
    at: Instant,
    orderNumber: OrderNumber.nullable(),
  })
  .meta({ id: 'StoreCreditEntry' })
export type StoreCreditEntry = z.infer<typeof StoreCreditEntry>

export const StoreCredit = z
  .strictObject({ balance: Money, items: z.array(StoreCreditEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'StoreCredit' })
export type StoreCredit = z.infer<typeof StoreCredit>

const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  /** The id of the last entry seen. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'invalid')
    .optional(),
})

export const getStoreCredit = defineEndpoint({
  id: 'getStoreCredit',
  method: 'GET',
  path: '/me/store-credit',
  status: 200,
  ...mine,
  summary: 'The customer’s store credit and what moved it, newest first',
  query: page,
  response: StoreCredit,
  problems: [],
})

const staffTag = 'Payments (staff)'

export const getCustomerCredit = defineEndpoint({
  id: 'getCustomerCredit',
  method: 'GET',
  path: '/admin/customers/{customerId}/store-credit',
  status: 200,
  tag: staffTag,
  summary: 'A customer’s store credit and what moved it, newest first',
  auth: 'staff',
  permission: 'customers.read',
  rateLimit: 'staff',
  params: z.strictObject({ customerId: Id }),
  query: page,
  response: StoreCredit,
  problems: ['customers/not-found'],
})

export const adjustStoreCredit = defineEndpoint({
  id: 'adjustStoreCredit',
  method: 'POST',
  path: '/admin/customers/{customerId}/store-credit',
  status: 200,
  tag: staffTag,
  summary: 'Give or take store credit by hand, or ask for it',
  description:
    'Money like a refund: above one’s own limit, or the shop’s, or after so many refunds and gifts in an hour, another person has to agree.',
  auth: 'staff',
  permission: 'orders.refund',
  isFresh: true,
  rateLimit: 'staff',
  idempotency: 'required',
  params: z.strictObject({ customerId: Id }),
  body: z.strictObject({
    /** Minor units of AED; below zero takes credit away. */
    amount: z
      .int()
      .min(-10_000_000)
      .max(10_000_000)
      .refine((amount) => amount !== 0, 'invalid'),
    reason: typedText({ min: 3, max: 500 }),
  }),
  response: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('adjusted'), credit: StoreCredit }),
      z.strictObject({ kind: z.literal('approval-requested'), approval: ApprovalView }),
    ])
    .meta({ id: 'StoreCreditAdjusted' }),
  problems: ['customers/not-found', 'store-credit/not-enough'],
})
