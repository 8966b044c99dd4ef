import { maxSavedCards } from '@dhow/contracts/saved-cards.ts'
import { describe, expect, test } from 'vitest'
import { atProvider } from '../../../../test/provider.ts'
import { startStripe } from '../../../../test/stripe.ts'
import type { DisputeTruth } from '../card-vault.ts'

const shop = await startStripe()
const { control, sandbox } = shop
const HOUR = 3_600_000

async function customerOf(accountId: string): Promise<string> {
  const made = await shop.vault().ensureCustomer({ accountId, replaces: null })
  if (made.kind !== 'done') throw new Error('no customer')
  return made.customerRef
}
/** Keeps a card as the card fields do. */
async function keep(customer: string, card = 'pm_card_visa'): Promise<string> {
  const { id } = await atProvider(sandbox, '/setup_intents', { customer })
  const form = { payment_method: card, return_url: 'http://localhost/' }
  const { payment_method: kept } = (await atProvider(sandbox, `/setup_intents/${id}/confirm`, form)) as unknown as {
    payment_method: string
  }
  return kept
}
const cardsOf = async (customer: string) => {
  const listed = await shop.vault().listCards(customer)
  return listed.kind === 'done' ? listed.cards : listed.kind
}

describe('saved cards', () => {
  test('a shopper is made known once, by the account’s id and nothing else', async () => {
    const [first, second] = await Promise.all([customerOf('account-1'), customerOf('account-1')])
    expect(second).toBe(first)
    expect(control.stripe.customers()).toMatchObject([
      { metadata: { account_id: 'account-1' }, email: null, name: null, phone: null },
    ])
    const renewed = await shop.vault().ensureCustomer({ accountId: 'account-1', replaces: first })
    expect(renewed.kind === 'done' && renewed.customerRef).not.toBe(first)
  })

  test('are listed with what may be shown of them, newest first, and removed for good', async () => {
    const customer = await customerOf('account-1')
    const [visa, mastercard] = [await keep(customer), await keep(customer, 'pm_card_mastercard')]
    expect(await cardsOf(customer)).toMatchObject([
      { cardRef: mastercard, brand: 'mastercard', last4: '4444', expiryMonth: 12, wallet: null },
      { cardRef: visa, brand: 'visa', last4: '4242' },
    ])
    expect(await shop.vault().removeCard(customer, visa)).toEqual({ kind: 'done' })
    expect(await shop.vault().removeCard(customer, visa)).toEqual({ kind: 'missing' })
    expect(await cardsOf(customer)).toMatchObject([{ cardRef: mastercard }])
  })

  test('of somebody else are missing, and stay', async () => {
    const [mine, theirs] = [await customerOf('account-1'), await customerOf('account-2')]
    const card = await keep(theirs)
    expect(await shop.vault().removeCard(mine, card)).toEqual({ kind: 'missing' })
    expect(await cardsOf(theirs)).toHaveLength(1)
  })

  test('a session and a setup are for a shopper Stripe knows; another is missing', async () => {
    const customer = await customerOf('account-1')
    expect(await shop.vault().customerSession(customer)).toMatchObject({
      kind: 'done',
      clientSecret: expect.stringMatching(/^cuss_/) as string,
    })
    expect(await shop.vault().setupIntent(customer)).toMatchObject({
      kind: 'done',
      clientSecret: expect.stringMatching(/^seti_/) as string,
    })
    const { vault } = shop.openWith()
    expect(await vault.customerSession('cus_forgotten')).toEqual({ kind: 'missing' })
    expect(await vault.setupIntent('cus_forgotten')).toEqual({ kind: 'missing' })
    expect(await vault.listCards('cus_forgotten')).toEqual({ kind: 'missing' })
  })

  test('are all offered by the card fields, as many as may be kept', async () => {
    const customer = await customerOf('account-1')
    for (let kept = 0; kept < maxSavedCards; kept += 1) await keep(customer)
    const session = await shop.vault().customerSession(customer)
    const secret = session.kind === 'done' ? session.clientSecret : ''
    const query = new URLSearchParams({ key: sandbox.config.stripe.publishableKey, customer_session: secret })
    const shown = (await (await fetch(`${sandbox.url}/elements/session?${query}`)).json()) as { methods: unknown[] }
    expect(shown.methods).toHaveLength(maxSavedCards)
  })

  test('are not out of reach for a day when Stripe keeps a failure of its own', async () => {
    control.addFault({ provider: 'stripe', method: 'POST', path: '/v1/customers', kind: 'error500-kept' })
    expect(await customerOf('account-1')).toMatch(/^cus_/)
  })

  test('are unknown while nobody answers', async () => {
    control.addFault({ provider: 'stripe', kind: 'error500', times: 2 })
    expect(await cardsOf('cus_1')).toBe('unknown')
  })
})

describe('disputes', () => {
  async function disputed(card: string): Promise<{ paymentRef: string; dispute: () => Promise<DisputeTruth> }> {
    const { providerRef } = await shop.paid(card)
    const disputeRef = control.stripe.disputes()[0]?.id ?? ''
    return {
      paymentRef: providerRef,
      async dispute() {
        const found = await shop.vault().fetchDispute(disputeRef)
        if (found.kind !== 'done') throw new Error(found.kind)
        return found.dispute
      },
    }
  }

  test('say whose payment they are about, until when evidence is taken, and what was taken', async () => {
    const { paymentRef, dispute } = await disputed('pm_card_createDispute')
    const truth = await dispute()
    expect(truth).toMatchObject({
      paymentRef,
      state: 'needs-response',
      reason: 'fraudulent',
      amount: 14_950,
      currency: 'AED',
      isRefundable: false,
      hasEvidence: false,
      movements: [{ amount: 14_950, feeAmount: 6_000 }],
    })
    expect(Date.parse(truth.dueAt ?? '')).toBeGreaterThan(Date.now())
  })

  test('leave what moved in another currency than was disputed to a person', async () => {
    const { dispute } = await disputed('pm_card_createDispute')
    Object.assign(control.stripe.disputes()[0]?.balance_transactions[0] ?? {}, { currency: 'usd' })
    expect((await dispute()).movements).toEqual([])
  })

  test('give the money back when they are won, and ask for nothing any more', async () => {
    const { dispute } = await disputed('pm_card_createDispute')
    control.stripe.decideDispute((await dispute()).disputeRef, 'won')
    const won = await dispute()
    expect(won).toMatchObject({ state: 'won', dueAt: null })
    expect(won.movements.map(({ amount }) => amount)).toEqual([14_950, -14_950])
  })

  test('that are inquiries take nothing and can be ended by a refund', async () => {
    const { dispute } = await disputed('pm_card_createDisputeInquiry')
    expect(await dispute()).toMatchObject({ state: 'inquiry', movements: [], isRefundable: true })
    control.stripe.decideDispute((await dispute()).disputeRef, 'escalate')
    expect(await dispute()).toMatchObject({ state: 'needs-response', isRefundable: false })
  })

  test('are listed since a time; an unknown one is missing', async () => {
    await disputed('pm_card_createDispute')
    control.advanceClock(HOUR)
    await disputed('pm_card_createDisputeProductNotReceived')
    const reasons: string[] = []
    for await (const { reason } of shop.vault().listDisputes(new Date(Date.now() + HOUR / 2))) reasons.push(reason)
    expect(reasons).toEqual(['product_not_received'])
    expect(await shop.vault().fetchDispute('dp_unknown')).toEqual({ kind: 'missing' })
  })
})

describe('the books', () => {
  const window = { from: new Date(Date.now() - HOUR), to: new Date(Date.now() + 48 * HOUR) }

  test('name every line by kind, payment and fee, and add up to what was paid out', async () => {
    const payment = await shop.paid()
    const amount = { amount: 1_000, currency: 'AED' } as const
    await shop.stripe().refund(payment, { refundId: 'r', amount, otherRefs: [], reason: 'return' })
    await shop.paid('pm_card_createDispute')
    control.stripe.payOut()
    const lines = []
    for await (const line of shop.vault().listBalanceTransactions(window)) lines.push(line)
    expect(lines.map(({ kind, amount, feeAmount }) => [kind, amount, feeAmount])).toEqual([
      ['payout', -6_882, 0],
      ['dispute', -14_950, 6_000],
      ['charge', 14_950, 534],
      ['refund', -1_000, 0],
      ['charge', 14_950, 534],
    ])
    expect(lines.filter(({ paymentRef }) => paymentRef === payment.providerRef)).toHaveLength(2)
    expect(lines.reduce((sum, { amount, feeAmount }) => sum + amount - feeAmount, 0)).toBe(0)
  })

  test('list payouts as they stand, one that came back included', async () => {
    await shop.paid()
    const payout = control.stripe.payOut()
    const read = async () => {
      const payouts = []
      for await (const found of shop.vault().listPayouts(window)) payouts.push(found)
      return payouts
    }
    expect(await read()).toMatchObject([
      { payoutRef: payout?.id, state: 'in-transit', amount: 14_416, currency: 'AED' },
    ])
    control.advanceClock(24 * HOUR)
    expect(await read()).toMatchObject([{ state: 'paid' }])
    control.stripe.failPayout(payout?.id ?? '')
    expect(await shop.vault().fetchPayout(payout?.id ?? '')).toMatchObject({
      kind: 'done',
      payout: { state: 'failed' },
    })
  })
})
