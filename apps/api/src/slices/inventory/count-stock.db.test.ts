import { array, assert, asyncProperty, constant, integer, oneof, record } from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { availabilityOf, commitStock, countStock, releaseStock, reserveStock, StockBelowReserved } from './inventory.ts'

const app = await startTestApp()
const { db, given, clock } = app

const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work)
const levelOf = (variantId: string) =>
  db
    .selectFrom('stockLevels')
    .select(['onHand', 'reserved'])
    .where('variantId', '=', variantId)
    .executeTakeFirstOrThrow()
const count = (variantId: string, onHand: number) =>
  inTx((tx) => countStock(tx, { variantId, onHand, reason: 'stocktake', now: clock.now() }))
const reserve = (variantId: string, orderId: string, quantity: number) =>
  inTx(async (tx) => {
    const now = clock.now()
    return reserveStock(tx, { orderId, claims: [{ variantId, quantity }], expiresAt: now, now })
  })

async function ledgerOf(variantId: string): Promise<{ onHand: number; reserved: number }> {
  const { rows } = await sql<{ onHand: number; reserved: number }>`
    select sum(on_hand_delta)::int as on_hand, sum(reserved_delta)::int as reserved from stock_movements
    where variant_id = ${variantId}::uuid`.execute(db)
  return rows[0] ?? { onHand: 0, reserved: 0 }
}

test('a count sets what is on hand and the ledger says by how much', async () => {
  const { id } = await given.variant({ onHand: 10 })
  await count(id, 4)
  await count(id, 4)
  expect(await levelOf(id)).toEqual({ onHand: 4, reserved: 0 })
  const movements = await db
    .selectFrom('stockMovements')
    .select(['kind', 'onHandDelta', 'reason'])
    .where('variantId', '=', id)
    .orderBy('id')
    .execute()
  expect(movements.slice(1)).toEqual([{ kind: 'count', onHandDelta: -6, reason: 'stocktake' }])
  expect((await availabilityOf(db, [id])).get(id)).toBe(4)
})

test('a count below what is reserved is refused and changes nothing', async () => {
  const { id } = await given.variant({ onHand: 10 })
  await reserve(id, newId(), 6)
  await expect(count(id, 5)).rejects.toThrow(StockBelowReserved)
  expect(await levelOf(id)).toEqual({ onHand: 10, reserved: 6 })
  await count(id, 6)
  expect(await levelOf(id)).toEqual({ onHand: 6, reserved: 6 })
})

const step = oneof(
  record({ kind: constant('count' as const), amount: integer({ min: 0, max: 6 }) }),
  record({ kind: constant('reserve' as const), amount: integer({ min: 1, max: 4 }) }),
  record({ kind: constant('commit' as const), amount: integer({ min: 0, max: 20 }) }),
  record({ kind: constant('release' as const), amount: integer({ min: 0, max: 20 }) }),
)

test('no interleaving of counts, holds, sales and releases makes stock negative or the ledger wrong', async () => {
  await assert(
    asyncProperty(array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { id } = await given.variant({ onHand: 5 })
      const orders: string[] = []
      const run = async ({ kind, amount }: (typeof steps)[number]): Promise<void> => {
        const order = orders[amount % Math.max(1, orders.length)] ?? newId()
        if (kind === 'count')
          await count(id, amount).catch((error: unknown) => {
            if (!(error instanceof StockBelowReserved)) throw error
          })
        else if (kind === 'commit') await inTx((tx) => commitStock(tx, order, clock.now()))
        else if (kind === 'release') await inTx((tx) => releaseStock(tx, order, clock.now()))
        else {
          const orderId = newId()
          orders.push(orderId)
          await reserve(id, orderId, amount)
        }
      }
      await Promise.all(steps.map(run))
      await Promise.all(steps.toReversed().map(run))
      const level = await levelOf(id)
      expect(level.onHand).toBeGreaterThanOrEqual(level.reserved)
      expect(level.reserved).toBeGreaterThanOrEqual(0)
      expect(await ledgerOf(id)).toEqual(level)
      const held = await db
        .selectFrom('stockReservations')
        .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('quantity'), sql<number>`0`).as('held'))
        .where('variantId', '=', id)
        .where('state', '=', 'held')
        .executeTakeFirstOrThrow()
      expect(held.held).toBe(level.reserved)
    }),
    { numRuns: 15 },
  )
})
