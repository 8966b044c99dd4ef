import { parseDecimal, toDecimal } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import { z } from 'zod'

/** An amount on Tamara's wire: a JSON number in major units, `149.5` and never fils or text. */
export interface WireMoney {
  amount: number
  currency: string
}

/** By way of its decimal digits: the number nearest to `149.50` prints as `149.5`, and is read back as the same fils. */
export const toWire = (value: Money): WireMoney => ({ amount: Number(toDecimal(value)), currency: value.currency })

/**
 * Fils of an amount as Tamara writes it; some of its samples have text. Undefined when it is no amount in whole fils: never
 * rounded, because what we round is money.
 */
export function filsOf(amount: number | string): number | undefined {
  const text = String(amount).replace(/(\.\d\d)0+$/, '$1')
  return parseDecimal(text)?.amount
}

const MoneyAnswer = z
  .object({ amount: z.union([z.number(), z.string().max(30)]), currency: z.string().max(10) })
  .transform(({ amount, currency }, context) => {
    const fils = filsOf(amount)
    if (fils !== undefined) return { amount: fils, currency }
    context.addIssue('is no amount in whole minor units')
    return z.NEVER
  })

const Ref = z.string().min(1).max(255)

/** Statuses of orders, in Tamara's spelling. */
export const OrderStatus = z.enum([
  'new',
  'declined',
  'expired',
  'approved',
  'on_hold',
  'authorised',
  'canceled',
  'updated',
  'partially_captured',
  'fully_captured',
  'partially_refunded',
  'fully_refunded',
])
export type OrderStatus = z.output<typeof OrderStatus>

const CaptureLine = z.object({
  capture_id: Ref,
  total_amount: MoneyAnswer,
  shipping_info: z.object({ tracking_number: z.string().nullish() }).nullish().catch(null),
})
const RefundLine = z.object({ refund_id: Ref, total_amount: MoneyAnswer, merchant_refund_id: z.string().nullish() })

const none = { captures: [], refunds: [] }
const listOf = <Line extends z.ZodType>(line: Line) =>
  z
    .array(line)
    .nullish()
    .transform((lines) => lines ?? [])

/** PHP prints an empty map as `[]`. */
const Transactions = z
  .union([
    z.object({ captures: listOf(CaptureLine), refunds: listOf(RefundLine) }),
    z.array(z.never()).transform(() => none),
  ])
  .nullish()
  .transform((given) => given ?? none)

/** What we read of an order; Tamara tells much more. */
export const TamaraOrder = z.object({
  order_id: Ref,
  order_reference_id: z.string().max(255),
  status: OrderStatus,
  total_amount: MoneyAnswer,
  captured_amount: MoneyAnswer,
  refunded_amount: MoneyAnswer,
  canceled_amount: MoneyAnswer,
  transactions: Transactions,
})
export type TamaraOrder = z.output<typeof TamaraOrder>

export const Session = z.object({ order_id: Ref, checkout_id: Ref, checkout_url: z.url().max(2_000) })

export const Authorised = z.object({ order_expiry_time: z.string().nullish().catch(null) })
export const Captured = z.object({ capture_id: Ref })
export const Refunded = z.object({ refund_id: Ref })
/** Answers of which nothing is read: the order is asked for afterwards. */
export const Anything = z.unknown()

const PaymentLabel = z.object({
  payment_type: z.string(),
  instalment: z.number().int().nullish().catch(null),
  description_en: z.string().max(500).nullish().catch(null),
  description_ar: z.string().max(500).nullish().catch(null),
})

export const PreCheck = z.object({
  has_available_payment_options: z.boolean(),
  // Only shown: one that looks otherwise leaves us with our own words.
  available_payment_labels: z.array(PaymentLabel).nullish().catch(null),
})
export type PreCheck = z.output<typeof PreCheck>

export const Fault = z.object({
  message: z.string().nullish().catch(null),
  errors: z
    .array(z.object({ error_code: z.string().max(100) }))
    .nullish()
    .catch(null),
})
