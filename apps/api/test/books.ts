import { sql } from 'kysely'
import type { RunningSandbox } from '../../sandbox/src/app.ts'
import type { Db } from '../src/platform/db/database.ts'

interface Fault {
  law: string
}

/** The attempt of an order that counts. */
const current = sql`payments payment on payment.order_id = orders.id and payment.superseded_at is null`

/** Each finds the rows that break the law it is named after. */
const laws = {
  'what is reserved is there': sql`select from stock_levels where reserved < 0 or on_hand < reserved`,
  'the ledger of stock adds up to the levels': sql`
    select from stock_levels level where (level.on_hand, level.reserved) <> (
      select coalesce(sum(on_hand_delta), 0)::int, coalesce(sum(reserved_delta), 0)::int from stock_movements moved
      where moved.variant_id = level.variant_id and moved.location_id = level.location_id)`,
  'what is reserved is held by orders': sql`
    select from stock_levels level where level.reserved <> (
      select coalesce(sum(quantity), 0) from stock_reservations hold
      where hold.state = 'held' and hold.variant_id = level.variant_id and hold.location_id = level.location_id)`,
  'an order’s stock is held, sold or let go as its state says': sql`
    select from orders left join stock_reservations hold on hold.order_id = orders.id
    where hold.state is distinct from
      case when orders.state = 'awaiting-payment' then 'held' when orders.state = 'confirmed' then 'committed'
        when exists (select from cod_collections cash where cash.order_id = orders.id and cash.state = 'refused' and goods_back_at is null)
          then 'committed' else 'released' end`,
  'stock is held as long as its order waits': sql`
    select from orders join stock_reservations hold on hold.order_id = orders.id
    where orders.state = 'awaiting-payment' and hold.expires_at <> orders.deadline_at`,
  'an order holds what its lines say': sql`
    select from order_lines line left join stock_reservations hold on (hold.order_id, hold.variant_id) = (line.order_id, line.variant_id)
    where hold.quantity is distinct from line.quantity`,
  'one attempt of an order counts, and it pays what is left': sql`
    select from orders left join ${current}
    where payment.amount is distinct from orders.grand_total_amount - orders.store_credit_amount + orders.rounding_amount`,
  'an order is confirmed if and only if money stands behind it': sql`
    select from orders join ${current}
    where orders.state <> 'cancelled' and (orders.state = 'confirmed') <> (payment.state in ('authorised', 'captured'))`,
  'money that pays for nothing goes back, or waits for a person': sql`
    select from orders join payments payment on payment.order_id = orders.id
    where (orders.state = 'cancelled' or payment.superseded_at is not null)
      and payment.captured_amount > payment.refund_requested_amount and payment.held_reason is null and payment.dismissed_reason is null`,
  'a cart that waits or is paid is closed, one of an unpaid order that was given up is open': sql`
    select from orders join carts on carts.id = orders.cart_id
    where orders.state <> 'cancelled' and carts.order_id is distinct from orders.id
      or orders.state = 'cancelled' and orders.confirmed_at is null and carts.order_id = orders.id`,
  'an order adds up': sql`
    select from orders where (subtotal_amount, vat_amount - delivery_vat_amount - payment_fee_vat_amount) <>
      (select sum(total_amount), sum(vat_amount) from order_lines line where line.order_id = orders.id)`,
  'an order is placed once, backed once, confirmed once and ended once': sql`
    select from orders join order_timeline told on told.order_id = orders.id
    where told.kind in ('placed', 'paid', 'payment-authorised', 'cash-promised', 'confirmed', 'cancelled-by-customer', 'expired',
      'cancelled-by-shop', 'cash-refused')
    group by orders.id, orders.state
    having string_agg(told.kind, ' ' order by told.id) !~
        '^placed( (paid|payment-authorised|cash-promised) confirmed)?( (cancelled-by-customer|expired|cancelled-by-shop|cash-refused))?$'
      or (orders.state = 'cancelled') <> (array_agg(told.kind) && array['cancelled-by-customer', 'expired', 'cancelled-by-shop', 'cash-refused'])
      or orders.state = 'confirmed' and 'confirmed' <> all(array_agg(told.kind))`,
  'every transaction of the ledger adds up to nothing': sql`
    select from ledger_entries group by transaction_id, currency having sum(amount) <> 0`,
  'an order is sold while it is confirmed': sql`
    select from orders left join lateral (
      select sum(entry.amount) as amount from ledger_transactions moved join ledger_entries entry on entry.transaction_id = moved.id
      where moved.order_id = orders.id and moved.kind in ('sale', 'sale-reversed') and entry.account = 'customer') sold on true
    where coalesce(sold.amount, 0) <> case orders.state when 'confirmed' then orders.grand_total_amount else 0 end`,
  'what was taken and given back is in the ledger to the fils': sql`
    select from payments payment left join lateral (
      select coalesce(sum(entry.amount) filter (where moved.kind = 'capture'), 0) as taken,
        coalesce(-sum(entry.amount) filter (where moved.kind in ('refund', 'refund-failed')), 0) as given
      from ledger_transactions moved join ledger_entries entry on entry.transaction_id = moved.id
      where moved.payment_id = payment.id and (entry.account like 'clearing:%' or entry.account = 'cash')) booked on true
    where (booked.taken, booked.given) <> (payment.captured_amount, payment.refunded_amount)`,
  'a shopper owes nothing once all is taken or given up': sql`
    select from orders join ${current} join lateral (
      select coalesce(sum(entry.amount), 0) as owed from ledger_transactions moved join ledger_entries entry on entry.transaction_id = moved.id
      where moved.order_id = orders.id and entry.account = 'customer') ledger on true
    where (orders.state = 'cancelled' or payment.state = 'captured') and ledger.owed <> 0
      and not exists (select from payments held where held.order_id = orders.id and held.held_reason is not null)`,
  'an order that was given up has given its credit back, once': sql`
    select from orders where state = 'cancelled' and 0 <> (
      select coalesce(sum(entry.amount), 0) from ledger_transactions moved join ledger_entries entry on entry.transaction_id = moved.id
      where moved.order_id = orders.id and entry.account = 'store-credit')`,
  'a customer’s credit is what the ledger owes them': sql`
    select from store_credit_accounts account full join (
      select customer_id, -sum(amount) as amount from ledger_entries where customer_id is not null group by customer_id) owed
      using (customer_id)
    where coalesce(account.balance_amount, 0) <> coalesce(owed.amount, 0)`,
}

interface Attempt {
  orderId: string
  number: string
  orderState: string
  state: string
  provider: string
  providerRef: string | null
  isCurrent: boolean
  heldReason: string | null
}

/** The providers' own words for an attempt's money, as their stand-ins know it: held, taken, or neither. */
function moneyAt({ control }: RunningSandbox, { provider, providerRef }: Attempt): 'held' | 'taken' | 'none' {
  if (providerRef === null) return 'none'
  if (provider === 'stripe') {
    const status = control.findIntent(providerRef)?.status
    return status === 'succeeded' ? 'taken' : status === 'requires_capture' ? 'held' : 'none'
  }
  if (provider === 'tabby') {
    const payment = control.tabby.find(providerRef)
    if (payment && payment.captures.length > 0) return 'taken'
    return payment?.status === 'AUTHORIZED' ? 'held' : 'none'
  }
  const status = control.tamara.findOrder(providerRef)?.status ?? ''
  if (/captured|refunded/.test(status)) return 'taken'
  return status === 'approved' || status === 'authorised' ? 'held' : 'none'
}

const ourMoney: Partial<Record<string, string>> = { authorised: 'held', captured: 'taken' }

/** Where the providers' books and ours differ about money. */
async function moneyFaults(db: Db, sandbox: RunningSandbox): Promise<string[]> {
  const attempts: Attempt[] = await db
    .selectFrom('orders')
    .innerJoin('payments', 'payments.orderId', 'orders.id')
    .select((eb) => [
      'orders.id as orderId',
      'orders.number',
      'orders.state as orderState',
      'payments.state',
      'payments.provider',
      'payments.providerRef',
      'payments.heldReason',
      eb('payments.supersededAt', 'is', null).as('isCurrent'),
    ])
    .$castTo<Attempt>()
    .execute()
  const faults = attempts
    .filter((attempt) => ['stripe', 'tabby', 'tamara'].includes(attempt.provider) && attempt.heldReason === null)
    .flatMap((attempt) => {
      const theirs = moneyAt(sandbox, attempt)
      const name = `${attempt.number} (${attempt.provider}, ${attempt.state}, order ${attempt.orderState})`
      const isWanted = attempt.isCurrent && attempt.orderState !== 'cancelled'
      return [
        theirs === (ourMoney[attempt.state] ?? 'none') || `${name}: money is ${theirs} there`,
        isWanted || theirs === 'none' || `${name}: money is ${theirs} there for nothing`,
      ]
    })
  return [...faults.filter((fault) => fault !== true), ...strangers(attempts, sandbox)]
}

/** Cards begun twice for one attempt. */
function strangers(attempts: readonly Attempt[], { control }: RunningSandbox): string[] {
  const known = new Set(attempts.map((attempt) => attempt.providerRef))
  const orders = new Set(attempts.map((attempt) => attempt.orderId))
  return control
    .state()
    .paymentIntents.filter((intent) => orders.has(intent.metadata['order_id'] ?? '') && !known.has(intent.id))
    .map((intent) => `${intent.id} of no attempt is ${intent.status}`)
}

/**
 * Everything that is wrong between stock, orders, payments, ledger and carts, which must balance at every moment; empty when they
 * do. With the sandbox, also what differs from the providers' books: ask that when webhooks and jobs are done, not while news is
 * under way.
 */
export async function faultsInBooks({ db, sandbox }: { db: Db; sandbox?: RunningSandbox }): Promise<string[]> {
  const broken = await Promise.all(
    Object.entries(laws).map(async ([law, query]): Promise<Fault[]> => {
      const { rows } = await query.execute(db)
      return rows.map(() => ({ law }))
    }),
  )
  return [...broken.flat().map((fault) => fault.law), ...(sandbox ? await moneyFaults(db, sandbox) : [])]
}
