import type { MethodRefusal, PaymentMethod, PaymentOption, PaymentOptions } from '@dhow/contracts/cart.ts'
import { paymentMethods } from '@dhow/contracts/cart.ts'
import { add, compare, money } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { PaymentProvider } from '../../providers/payments/port.ts'
import { customerSessionFor } from '../saved-cards/saved-cards.ts'
import { refusalOfCash } from './cash-option.ts'
import { eligibilityOf, patiently } from './eligibility.ts'
import { instalmentsOf } from './instalments.ts'
import { amountsOf } from './option-amounts.ts'
import type { OptionSubject } from './option-subject.ts'
import { creditFor, offeredProvider } from './require-option.ts'

type Advice = Pick<PaymentOption, 'refusal' | 'instalments' | 'label'>

interface Asked {
  method: PaymentMethod
  provider: PaymentProvider
  due: Money
  subject: OptionSubject
}

const nothingMore: Advice = { refusal: null, instalments: null, label: null }
const refusedFor = (refusal: MethodRefusal): Advice => ({ ...nothingMore, refusal })

function limitRefusal({ minimum, maximum }: PaymentProvider, due: Money): MethodRefusal | null {
  if (compare(due, minimum) < 0) return 'amount-too-low'
  return compare(due, maximum) > 0 ? 'amount-too-high' : null
}

/** Tabby wants to be left out when it does not answer; Tamara to be shown while the amount is within its limits. */
const shownUnasked = (method: PaymentMethod): boolean => method !== 'tabby'

async function adviceOfLender(ctx: AppContext, asked: Asked): Promise<Advice> {
  const { method, provider, due, subject } = asked
  const usual = method === 'tabby' ? ctx.config.TABBY_INSTALMENTS : ctx.config.TAMARA_INSTALMENTS
  const byDefault = { ...nothingMore, instalments: usual === undefined ? null : instalmentsOf(due, usual) }
  // Whoever has not said who they are is nobody to ask about.
  if (subject.who().contact === null) return byDefault
  const outcome = await eligibilityOf(ctx, provider, { due, subject })
  switch (outcome.kind) {
    case 'eligible': {
      const { instalments, labels } = outcome
      const split = instalments && instalmentsOf(due, instalments.count)
      return { ...nothingMore, instalments: split, label: labels?.[subject.locale] ?? null }
    }
    case 'refused':
      return refusedFor(outcome.reason)
    case 'unknown':
      ctx.log.warn({ provider: provider.name, err: outcome.cause }, 'a provider gave no advice in time')
      return shownUnasked(method) ? byDefault : refusedFor('no-answer')
  }
}

/** Cards are for everybody, and not offered while their provider has stopped answering: the other ways still sell. */
async function adviceOfCards({ provider, due, subject }: Asked): Promise<Advice> {
  const { locale, details } = subject
  const outcome = await provider.checkEligibility({ amount: due, locale, buyer: null, address: null, details })
  return outcome.kind === 'unknown' ? refusedFor('no-answer') : nothingMore
}

async function adviceOf(ctx: AppContext, asked: Asked): Promise<Advice> {
  const refusal = limitRefusal(asked.provider, asked.due)
  if (refusal) return refusedFor(refusal)
  switch (asked.method) {
    case 'card':
      return adviceOfCards(asked)
    case 'cod':
      return { ...nothingMore, refusal: await refusalOfCash(ctx, ctx.db, asked.subject) }
    case 'tabby':
    case 'tamara':
      return adviceOfLender(ctx, asked)
  }
}

/** What lets the card fields show a customer's saved cards; without it, in time or at all, they type one as guests do. */
async function savedCardsOf(ctx: AppContext, { payerId }: OptionSubject): Promise<string | null> {
  if (payerId === null) return null
  const session = customerSessionFor(ctx, payerId).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'saved cards cannot be shown')
    return null
  })
  return patiently(session, null)
}

const cardBlock = async (ctx: AppContext, subject: OptionSubject): Promise<PaymentOption['card']> => ({
  publishableKey: ctx.config.STRIPE_PUBLISHABLE_KEY,
  scriptUrl: ctx.config.STRIPE_JS_URL,
  captureMethod: ctx.config.STRIPE_CAPTURE === 'at-once' ? 'automatic' : 'manual',
  customerSession: await savedCardsOf(ctx, subject),
})

async function optionOf(
  ctx: AppContext,
  subject: OptionSubject,
  { method, available }: { method: PaymentMethod; available: Money },
): Promise<PaymentOption[]> {
  const provider = offeredProvider(ctx, method)
  if (!provider) return []
  const { fee, feeVat, rounding, due } = amountsOf(method, subject.total, available, ctx.config)
  const advice = await adviceOf(ctx, { method, provider, due, subject })
  const card = method === 'card' ? await cardBlock(ctx, subject) : null
  return [{ method, ...advice, fee, vat: add(subject.vat, feeVat), rounding, due, card }]
}

function storeCreditOf(balance: Money, total: Money, isUsed: boolean): PaymentOptions['storeCredit'] {
  if (balance.amount === 0) return null
  const coversAll = compare(balance, total) >= 0
  return { balance, usable: coversAll ? total : balance, isUsed, coversAll }
}

/**
 * Every configured way to pay, each with what it comes to and why it cannot be chosen. Providers are asked at the same time and
 * not for long; one that fails costs nobody the others. What is shown is advice: `requireOption` has the last word.
 */
export async function optionsFor(
  ctx: AppContext,
  subject: OptionSubject,
  { useStoreCredit }: { useStoreCredit: boolean },
): Promise<PaymentOptions> {
  const balance = await creditFor(ctx.db, subject)
  const available = useStoreCredit ? balance : money(0)
  const options = await Promise.all(paymentMethods.map((method) => optionOf(ctx, subject, { method, available })))
  return {
    items: options.flat(),
    storeCredit: storeCreditOf(balance, subject.total, useStoreCredit && balance.amount > 0),
  }
}
