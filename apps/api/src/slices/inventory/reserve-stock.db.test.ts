import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { countBy } from '../../../test/count-by.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { reserveStock } from './inventory.ts'

const { db, given, clock } = await startTestApp()

const claim = (claims: { variantId: string; quantity: number }[]) =>
  inTransaction(db, async (tx) => {
    const now = clock.now()
    const rows = await reserveStock(tx, { orderId: newId(), claims, expiresAt: now, now })
    if (rows.some((row) => !row.isHeld)) throw new Error('short')
    return rows
  })
const outcomeOf = (work: Promise<unknown>) => work.then(() => 'held').catch((error: Error) => error.message)
const levelOf = (variantId: string) =>
  db.selectFrom('stockLevels').select(['onHand', 'reserved']).where('variantId', '=', variantId).executeTakeFirst()

test('a hundred at once for seven units are seven holds, and the rest find none', async () => {
  const { id: variantId } = await given.variant({ onHand: 7, price: money(5000) })
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => outcomeOf(claim([{ variantId, quantity: 1 }]))))
  expect(countBy(outcomes, (outcome) => outcome)).toEqual({ held: 7, short: 93 })
  expect(await levelOf(variantId)).toEqual({ onHand: 7, reserved: 7 })
})

test('claims of several variants are all held or none, whatever order they come in', async () => {
  const [scarce, plenty] = [await given.variant({ onHand: 3 }), await given.variant({ onHand: 100 })]
  const both = [scarce, plenty].map(({ id }) => ({ variantId: id, quantity: 1 }))
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, index) => outcomeOf(claim(index % 2 === 0 ? both : both.toReversed()))),
  )
  expect(countBy(outcomes, (outcome) => outcome)).toEqual({ held: 3, short: 37 })
  expect([await levelOf(scarce.id), await levelOf(plenty.id)]).toEqual([
    { onHand: 3, reserved: 3 },
    { onHand: 100, reserved: 3 },
  ])
})

test('what is short is named with what there is', async () => {
  const [enough, few] = [await given.variant({ onHand: 5 }), await given.variant({ onHand: 2 })]
  const now = clock.now()
  const rows = await inTransaction(db, (tx) =>
    reserveStock(tx, {
      orderId: newId(),
      claims: [
        { variantId: enough.id, quantity: 4 },
        { variantId: few.id, quantity: 3 },
      ],
      expiresAt: now,
      now,
    }),
  )
  expect(rows.toSorted((one, other) => other.available - one.available)).toEqual([
    { variantId: few.id, available: 2, isHeld: false },
    { variantId: enough.id, available: 1, isHeld: true },
  ])
})
