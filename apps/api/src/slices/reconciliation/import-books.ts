import { zero } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { BalanceMovement, CardVault, PayoutTruth } from '../../providers/payments/card-vault.ts'
import { postFee, postPayout } from '../ledger/ledger.ts'
import { followClaims, notePaymentFee } from '../payments/payments.ts'
import type { ClaimsToFollow } from '../payments/payments.ts'
import { listBooksByRef } from './books.sql.ts'
import type { PaymentBook } from './books.sql.ts'
import type { Finding } from './differences.sql.ts'
import {
  findMovements,
  listMovements,
  listOddMovements,
  listOddPayouts,
  listStrayEntries,
  putMovement,
  putPayout,
} from './provider-books.sql.ts'
import type { MovementPosition, MovementSums } from './provider-books.sql.ts'
import { batchesOf, NoAnswer } from './reconcile-provider.ts'

type Window = { from: Date; to: Date }

/** Keeps one line, and books what the provider kept of it. Fees of payments that are not ours are nobody's here. */
async function take(
  ctx: AppContext,
  provider: CardVault['provider'],
  movement: BalanceMovement,
  book: PaymentBook | undefined,
): Promise<void> {
  const { movementRef: source, feeAmount, kind, amount } = movement
  // A line that is a fee itself has it as its amount.
  const fee = kind === 'fee' ? -amount + feeAmount : feeAmount
  await inTransaction(ctx.db, async (tx) => {
    await putMovement(tx, { provider, movement, paymentId: book?.paymentId ?? null, at: ctx.clock.now() })
    if (kind === 'charge' && book) await notePaymentFee(tx, { paymentId: book.paymentId, fee: feeAmount })
    if (fee !== 0 && (book || kind === 'fee') && isInOurs(movement))
      await postFee(ctx, tx, {
        provider,
        source,
        amount: fee,
        paymentId: book?.paymentId ?? null,
        orderId: book?.orderId ?? null,
      })
  })
}

const LINES = 100

/** Most lines were brought in the night before: what is kept with its payment has been booked in the same transaction. */
async function takeNew(ctx: AppContext, provider: CardVault['provider'], movements: readonly BalanceMovement[]) {
  const books = await listBooksByRef(ctx.db, provider, [...new Set(movements.flatMap((one) => one.paymentRef ?? []))])
  const bookByRef = new Map(books.map((book) => [book.providerRef, book]))
  const refs = movements.map(({ movementRef }) => movementRef)
  const known = await findMovements(ctx.db, provider, refs)
  for (const movement of movements) {
    const book = movement.paymentRef === null ? undefined : bookByRef.get(movement.paymentRef)
    if (known.get(movement.movementRef) !== (book?.paymentId ?? null)) await take(ctx, provider, movement, book)
  }
}

/** A payout leaves the provider when it is begun, and comes back when it fails. */
async function takePayout(ctx: AppContext, provider: CardVault['provider'], payout: PayoutTruth): Promise<void> {
  const { payoutRef: source, amount, state } = payout
  await inTransaction(ctx.db, async (tx) => {
    await putPayout(tx, provider, payout, ctx.clock.now())
    if (!isInOurs(payout)) return
    await postPayout(ctx, tx, { provider, source, amount, isFailed: false })
    if (state === 'failed' || state === 'cancelled')
      await postPayout(ctx, tx, { provider, source, amount, isFailed: true })
  })
}

async function* answered<Item>(list: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* list
  } catch (error) {
    throw new NoAnswer('the provider does not answer', { cause: error })
  }
}

/** The ledger is kept in one currency: a line of a balance in another is left for a person, whom the comparison tells. */
const isInOurs = ({ currency }: { currency: string }): boolean => currency === zero().currency

async function followBanks(ctx: AppContext, claims: ClaimsToFollow): Promise<void> {
  try {
    await followClaims(ctx, claims)
  } catch (error) {
    throw new NoAnswer('the provider does not answer', { cause: error })
  }
}

/**
 * Brings in what the card provider's own books say of a time: charges, refunds, fees, payouts, and what payers' banks dispute.
 * Doing it again books nothing twice.
 */
export async function importBooks(ctx: AppContext, window: Window): Promise<void> {
  const { cards } = ctx.providers
  const disputeRefs = new Set<string>()
  for await (const movements of batchesOf(answered(cards.listBalanceTransactions(window)), LINES)) {
    await takeNew(ctx, cards.provider, movements)
    for (const { kind, sourceRef } of movements)
      if (kind === 'dispute' && sourceRef !== null) disputeRefs.add(sourceRef)
  }
  for await (const payout of answered(cards.listPayouts(window))) await takePayout(ctx, cards.provider, payout)
  await followBanks(ctx, { since: window.from, disputeRefs: [...disputeRefs] })
}

/** The provider's lines trail its payments, and ours the provider's. */
const QUIET_MS = 15 * 60_000
/** As long before the time in question as a difference may have been open: so it is seen again, or seen to be over. */
const BEFORE_MS = 35 * 86_400_000

const PAGE = 500

async function findOddMovements(
  { db }: Pick<AppContext, 'db'>,
  { quietSince, ...lines }: Window & { provider: string; quietSince: Date },
): Promise<MovementSums[]> {
  const found = new Map<string, MovementSums>()
  const pageOf = (after?: MovementPosition) => listMovements(db, lines, { after, limit: PAGE })
  for (let page = await pageOf(); page.length > 0; page = await pageOf(page.at(-1))) {
    const paymentIds = [...new Set(page.map(({ paymentId }) => paymentId))]
    for (const odd of await listOddMovements(db, lines.provider, { paymentIds, quietSince }))
      found.set(odd.paymentId, odd)
  }
  return [...found.values()]
}

/** What of the imported lines does not add up with payments and ledger. */
export async function compareBooks(ctx: AppContext, provider: string, { from, to }: Window): Promise<Finding[]> {
  const window = { from: new Date(from.getTime() - BEFORE_MS), to }
  const quietSince = new Date(ctx.clock.now().getTime() - QUIET_MS)
  const odd = await findOddMovements(ctx, { provider, ...window, quietSince })
  const fees = odd.filter((one) => one.chargeFeeAmount !== one.feeAmount || one.keptAmount !== one.bookedFeeAmount)
  const amounts = odd.filter((one) => one.movedAmount !== one.capturedAmount - one.refundedAmount)
  const payouts = await listOddPayouts(ctx.db, provider, window)
  const strays = await listStrayEntries(ctx.db, provider, window)
  const about = ({ providerRef, paymentId, orderId }: (typeof odd)[number]) => ({ providerRef, paymentId, orderId })
  const ofShop = { paymentId: null, orderId: null }
  return [
    ...fees.map((one) => ({
      ...about(one),
      class: 'fee' as const,
      ours: { fee: one.feeAmount, booked: one.bookedFeeAmount },
      theirs: { fee: one.chargeFeeAmount, kept: one.keptAmount },
    })),
    ...amounts.map((one) => ({
      ...about(one),
      providerRef: `${one.providerRef}:lines`, // told apart from the payment's own ledger, which is looked at more often
      class: 'ledger' as const,
      ours: { takenLessRefunded: one.capturedAmount - one.refundedAmount },
      theirs: { moved: one.movedAmount },
    })),
    ...payouts.map((one) => ({
      ...ofShop,
      class: 'payout' as const,
      providerRef: one.providerRef,
      ours: { booked: one.bookedAmount },
      theirs: { state: one.state, amount: one.amount, moved: one.movedAmount },
    })),
    ...strays.map((one) => ({
      ...ofShop,
      class: 'ledger' as const,
      providerRef: one.source,
      ours: { kind: one.kind, booked: one.amount, transaction: one.transactionId },
      theirs: {},
    })),
  ]
}
