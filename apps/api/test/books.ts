import { sql } from 'kysely'
import type { RunningSandbox } from '../../sandbox/src/app.ts'
import type { Db } from '../src/platform/db/database.ts'

interface Fault {
  law: string
}

/** Each finds the rows that break the law it is named after. */
const laws = {
  'what is reserved is there': sql`select from stock_levels where reserved < 0 or on_hand < reserved`,
  'the ledger adds up to the levels': sql`
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
      case orders.state when 'awaiting-payment' then 'held' when 'confirmed' then 'committed' else 'released' end`,
  'an order holds what its lines say': sql`
    select from order_lines line left join stock_reservations hold on (hold.order_id, hold.variant_id) = (line.order_id, line.variant_id)
    where hold.quantity is distinct from line.quantity`,
  'an order is confirmed if and only if its payment is captured': sql`
    select from orders left join payments on payments.order_id = orders.id
    where (orders.state = 'confirmed') is distinct from (payments.state = 'captured' and payments.captured_amount = orders.grand_total_amount)`,
  'an order is cancelled if and only if its payment is': sql`
    select from orders join payments on payments.order_id = orders.id where (orders.state = 'cancelled') <> (payments.state = 'cancelled')`,
  'a cart that waits or is paid is closed, one given back is open': sql`
    select from orders join carts on carts.id = orders.cart_id
    where orders.state <> 'cancelled' and carts.order_id is distinct from orders.id or orders.state = 'cancelled' and carts.order_id = orders.id`,
  'an order adds up': sql`
    select from orders where (subtotal_amount, vat_amount - delivery_vat_amount) <>
      (select sum(total_amount), sum(vat_amount) from order_lines line where line.order_id = orders.id)`,
  'an order is placed once, paid once and ended once': sql`
    select from orders join order_timeline told on told.order_id = orders.id
    where told.kind in ('placed', 'paid', 'confirmed', 'cancelled-by-customer', 'expired')
    group by orders.id, orders.state
    having array_agg(told.kind order by told.id) not in (
      array['placed'], array['placed', 'paid', 'confirmed'], array['placed', 'cancelled-by-customer'], array['placed', 'expired'])
      or (orders.state = 'confirmed') <> ('confirmed' = any(array_agg(told.kind)))`,
}

/** Where the provider's books and ours differ about money. */
async function moneyFaults(db: Db, sandbox: RunningSandbox): Promise<string[]> {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('payments', 'payments.orderId', 'orders.id')
    .select(['orders.id', 'orders.number', 'orders.state', 'payments.providerRef'])
    .execute()
  const intents = sandbox.control.state().paymentIntents
  return rows.flatMap((order) => {
    const mine = intents.filter((intent) => intent.metadata['order_id'] === order.id)
    const faults = [
      mine.length <= 1 || `${mine.length} payments were begun`,
      mine.every((intent) => intent.id === order.providerRef || intent.status !== 'succeeded') ||
        'paid another payment',
      (order.state === 'confirmed') === mine.some((intent) => intent.status === 'succeeded') ||
        `${order.state}, but its payment is ${mine.map((intent) => intent.status).join()}`,
      order.state !== 'cancelled' || mine.every((intent) => intent.status === 'canceled') || 'cancelled here only',
    ]
    return faults.filter((fault) => fault !== true).map((fault) => `${order.number}: ${fault}`)
  })
}

/**
 * Everything that is wrong between stock, orders, payments and carts, which must balance at every moment; empty when they do.
 * With the sandbox, also what differs from the provider's books: ask that when webhooks and jobs are done, not while news is
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
