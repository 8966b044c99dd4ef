import type { PaidMethod, PaymentMethod } from '@dhow/contracts/cart.ts'
import { compare, money } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { PaymentProvider, ProviderName } from '../../providers/payments/port.ts'
import { lockCashBuyer } from '../cod/cod.ts'
import { balanceOf } from '../store-credit/store-credit.ts'
import { cashBuyerOf, refusalOfCash } from './cash-option.ts'
import { amountsOf } from './option-amounts.ts'
import type { OptionAmounts } from './option-amounts.ts'
import type { OptionSubject } from './option-subject.ts'

export interface OptionChoice {
  method: PaidMethod
  /** Store credit pays first; `store-credit` as the method means that anyway. */
  useStoreCredit?: boolean | undefined
}

export interface ChosenOption extends OptionAmounts {
  method: PaidMethod
  provider: ProviderName | 'store-credit'
}

const providerByMethod: Record<PaymentMethod, ProviderName> = {
  card: 'stripe',
  tabby: 'tabby',
  tamara: 'tamara',
  cod: 'cod',
}

/** Who takes a method's money, where the shop offers it. */
export const offeredProvider = (
  { config, providers }: AppContext,
  method: PaymentMethod,
): PaymentProvider | undefined =>
  method === 'cod' && !config.COD_ENABLED ? undefined : providers.payments[providerByMethod[method]]

/** Credit that may be spent on this: what its owner has, and what the order has taken of it already. */
export async function creditFor(db: DbOrTx, subject: OptionSubject): Promise<Money> {
  const { payerId, spentCredit } = subject
  return payerId === null ? money(0) : money((await balanceOf(db, payerId)) + spentCredit.amount)
}

async function requireCredit(db: DbOrTx, subject: OptionSubject): Promise<Money> {
  const available = await creditFor(db, subject)
  if (available.amount === 0) throw new Problem('store-credit/not-enough')
  return available
}

function requireWithinLimits(provider: PaymentProvider, due: Money): void {
  const { minimum, maximum } = provider
  if (compare(due, minimum) < 0 || compare(due, maximum) > 0)
    throw new Problem('payments/amount-not-supported', { minimum, maximum })
}

/** Counts what only one of two tabs may still do, so it waits for whoever else is about to order in cash with the same phone. */
async function requireCash(ctx: AppContext, tx: Tx, subject: OptionSubject): Promise<void> {
  const buyer = cashBuyerOf(ctx, subject)
  if (buyer) await lockCashBuyer(tx, buyer)
  const reason = await refusalOfCash(ctx, tx, subject)
  if (reason) throw new Problem('payments/method-not-available', { reason })
}

/**
 * What a chosen way to pay comes to, or the problem that says why it cannot be taken. In the transaction that places the order or
 * changes its method, before credit the order has taken is returned. Asks nobody outside: whether a provider lends is for the
 * provider to say when the payment begins. Costs no query but for store credit (one) and cash (two, three where goods are blocked).
 * Throws `payments/method-not-available`, `payments/amount-not-supported`, `store-credit/not-enough`.
 */
export async function requireOption(
  ctx: AppContext,
  tx: Tx,
  subject: OptionSubject,
  choice: OptionChoice,
): Promise<ChosenOption> {
  const { method } = choice
  const usesCredit = choice.useStoreCredit === true || method === 'store-credit'
  const available = usesCredit ? await requireCredit(tx, subject) : money(0)
  const amounts = amountsOf(method, subject.total, available, ctx.config)
  if (method === 'store-credit') {
    if (amounts.due.amount > 0) throw new Problem('store-credit/not-enough')
    return { method, provider: 'store-credit', ...amounts }
  }
  const provider = offeredProvider(ctx, method)
  if (!provider) throw new Problem('payments/method-not-available', { reason: 'not-available' })
  requireWithinLimits(provider, amounts.due)
  if (method === 'cod') await requireCash(ctx, tx, subject)
  return { method, provider: provider.name, ...amounts }
}
