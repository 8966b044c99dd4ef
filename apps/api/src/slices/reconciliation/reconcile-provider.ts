import type { AppContext } from '../../context.ts'
import { assertNever } from '../../platform/assert.ts'
import type { PaymentProvider, PaymentTruth } from '../../providers/payments/port.ts'
import { begunOf, settlePayment, settleRef } from '../payments/payments.ts'
import { findBook, listBooksByRef, listBooksIn, listBooksOfOrder, listOpenBooks } from './books.sql.ts'
import type { BookPosition, PaymentBook } from './books.sql.ts'
import { compareLedger, comparePayment, holdsMoney, isNews } from './compare-payment.ts'
import type { Mismatch } from './compare-payment.ts'
import type { Finding } from './differences.sql.ts'
import { addOurs, addTheirs } from './totals.ts'
import type { Totals } from './totals.ts'

/** One comparison under way: what was looked at and what was found. */
export interface Comparison {
  ctx: AppContext
  provider: PaymentProvider
  window: { from: Date; to: Date }
  totals: Totals
  findings: Finding[]
  /** The provider's names of everything that was looked at. */
  examined: Set<string>
  healed: number
}

/** The provider did not answer: nothing can be said about its books, and the run has failed. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
}

const PAGE = 100
/** Questions to a provider under way at once. */
const AT_ONCE = 4

const findingsOf = (book: PaymentBook, providerRef: string, mismatches: readonly Mismatch[]): Finding[] =>
  mismatches.map((mismatch) => ({ ...mismatch, providerRef, paymentId: book.paymentId, orderId: book.orderId }))

/** What the provider says now; undefined when it does not know the payment. Throws {@link NoAnswer}. */
async function ask(
  { provider }: Comparison,
  book: PaymentBook,
  providerRef: string,
): Promise<PaymentTruth | undefined> {
  const outcome = await provider.fetch(begunOf({ ...book, id: book.paymentId }, providerRef))
  switch (outcome.kind) {
    case 'found':
      return outcome.truth
    case 'missing':
      return undefined
    case 'unknown':
      throw new NoAnswer('the provider does not answer', { cause: outcome.cause })
    default:
      return assertNever(outcome)
  }
}

/** Runs our own handler, the only way anything is put right here, and gives both sides as they are after it. */
async function heal(run: Comparison, book: PaymentBook, providerRef: string) {
  await settlePayment(run.ctx, book.paymentId)
  const after = (await findBook(run.ctx.db, book.paymentId)) ?? book
  return { book: after, truth: await ask(run, after, providerRef) }
}

/** Shops and shoppers go on while we compare: what moved between reading the one side and the other agrees the next time. */
const TRIES = 2

/** Compares one attempt of ours with what the provider says of it. */
async function compare(run: Comparison, seen: PaymentBook, theirs: PaymentTruth): Promise<void> {
  const { providerRef } = theirs
  let book = seen
  let truth = theirs
  for (let tries = 0; tries < TRIES && isNews(book, truth); tries += 1) {
    const after = await heal(run, book, providerRef)
    book = after.book
    truth = after.truth ?? truth
  }
  const mismatches = [...comparePayment(book, truth), ...compareLedger(book)]
  run.examined.add(providerRef)
  run.findings.push(...findingsOf(book, providerRef, mismatches))
  if (mismatches.length === 0 && comparePayment(seen, theirs).length > 0) run.healed += 1
  addOurs(run.totals, book)
  addTheirs(run.totals, truth)
}

function reportMissingThere(run: Comparison, book: PaymentBook, providerRef: string): void {
  run.examined.add(providerRef)
  addOurs(run.totals, book)
  // One that was never paid is forgotten by some providers after a while.
  if (book.capturedAmount === 0 && book.state !== 'authorised') return
  const ours = { state: book.state, captured: book.capturedAmount, refunded: book.refundedAmount }
  run.findings.push(...findingsOf(book, providerRef, [{ class: 'missing-there', ours, theirs: {} }]))
}

/** Asks about one attempt of ours. */
async function examine(run: Comparison, book: PaymentBook): Promise<void> {
  const { providerRef } = book
  if (providerRef === null) return // never begun for sure; the sweep begins or ends it
  const truth = await ask(run, book, providerRef)
  if (truth) await compare(run, book, truth)
  else reportMissingThere(run, book, providerRef)
}

/** What the provider has and we do not know by name: one of an order of ours is settled first, like a webhook of it. */
async function compareUnknown(run: Comparison, theirs: PaymentTruth): Promise<void> {
  const { ctx, provider, totals } = run
  const { providerRef, orderId } = theirs
  if (orderId === null) {
    totals.foreign += 1
    return
  }
  await settleRef(ctx, { provider: provider.name, providerRef, orderId })
  const [known] = await listBooksByRef(ctx.db, provider.name, [providerRef])
  if (known) return compare(run, known, theirs)
  run.examined.add(providerRef)
  if (!holdsMoney(theirs)) return
  addTheirs(totals, theirs)
  const attempts = await listBooksOfOrder(ctx.db, orderId)
  const isPaidAlready = attempts.some((attempt) => attempt.capturedAmount > attempt.refundedAmount)
  const { state, amount, currency, capturedAmount: captured, refundedAmount: refunded } = theirs
  run.findings.push({
    class: isPaidAlready ? 'duplicate' : 'missing-here',
    providerRef,
    paymentId: null,
    orderId: attempts.length === 0 ? null : orderId,
    ours: { isOrderKnown: attempts.length > 0, isPaidAlready },
    theirs: { state, amount, currency, captured, refunded, orderId },
  })
}

async function compareTheirs(run: Comparison, truths: readonly PaymentTruth[]): Promise<void> {
  const { ctx, provider } = run
  const refs = truths.map((truth) => truth.providerRef)
  const books = await listBooksByRef(ctx.db, provider.name, refs)
  const bookByRef = new Map(books.map((book) => [book.providerRef, book]))
  for (const truth of truths) {
    const book = bookByRef.get(truth.providerRef)
    if (book) await compare(run, book, truth)
    else await compareUnknown(run, truth)
  }
}

/** The same items, some at a time. */
export async function* batchesOf<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** A list that breaks off says nothing about what would have come. */
async function* answered(list: AsyncIterable<PaymentTruth>): AsyncGenerator<PaymentTruth> {
  try {
    yield* list
  } catch (error) {
    throw new NoAnswer('the provider does not answer', { cause: error })
  }
}

type PageOf = (after: BookPosition | undefined) => Promise<PaymentBook[]>

/** Asks about each of ours that was not in a list, some at once, page after page. */
async function examineEach(run: Comparison, pageOf: PageOf): Promise<void> {
  for (let page = await pageOf(undefined); page.length > 0; page = await pageOf(page.at(-1))) {
    const open = page.filter(({ providerRef }) => providerRef !== null && !run.examined.has(providerRef))
    for (let index = 0; index < open.length; index += AT_ONCE)
      await Promise.all(open.slice(index, index + AT_ONCE).map((book) => examine(run, book)))
    if (page.length < PAGE) return
  }
}

/** Payments of ours that can still move, or that a difference is open about. */
export const compareOpen = (run: Comparison): Promise<void> =>
  examineEach(run, (after) => listOpenBooks(run.ctx.db, { provider: run.provider.name, after, limit: PAGE }))

/** Everything of a time: what the provider lists, where it can, and then whatever of ours was not in it. */
export async function compareWindow(run: Comparison): Promise<void> {
  const { ctx, provider, window } = run
  if (provider.list)
    for await (const batch of batchesOf(answered(provider.list(window)), PAGE)) await compareTheirs(run, batch)
  await examineEach(run, (after) => listBooksIn(ctx.db, { provider: provider.name, after, limit: PAGE }, window))
}
