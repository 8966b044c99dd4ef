import { maxSavedCards } from '@dhow/contracts/saved-cards.ts'
import type Stripe from 'stripe'
import type { CardVault, VaultOutcome } from '../card-vault.ts'
import { createdIn, eachOf, isMissing, isRefusal, READ, underKey } from './access.ts'
import type { StripeAccess } from './access.ts'
import { disputeFrom, movementFrom, payoutFrom, savedCardFrom, warningFrom } from './vault-map.ts'

/** Cards a wallet or the shopper agreed to; `unspecified` ones nobody was asked about, so they are never shown. */
const SHOWN = ['always', 'limited'] as const
/** More than an account may keep. */
const CARDS_READ = 100

async function outcomeOf<Found extends object>(work: () => Promise<Found>): Promise<VaultOutcome<Found>> {
  try {
    return { kind: 'done', ...(await work()) }
  } catch (error) {
    return isMissing(error) ? { kind: 'missing' } : { kind: 'unknown', cause: error }
  }
}

function secretOf(secret: string | null): { clientSecret: string } {
  if (!secret) throw new Error('no client secret in the answer')
  return { clientSecret: secret }
}

type Kept = Pick<CardVault, 'ensureCustomer' | 'customerSession' | 'setupIntent' | 'listCards' | 'removeCard'>

/** Stripe learns the account's id and nothing else of the shopper: no name, no address, no phone. */
function keptCards({ call }: StripeAccess): Kept {
  return {
    ensureCustomer: ({ accountId, replaces }) =>
      outcomeOf(async () => {
        const made = await underKey(`customer:${accountId}${replaces === null ? '' : `:${replaces}`}`, (options) =>
          call('customer', (sdk) => sdk.customers.create({ metadata: { account_id: accountId } }, options)),
        )
        return { customerRef: made.id }
      }),
    customerSession: (customer) =>
      outcomeOf(async () => {
        const features: Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features = {
          payment_method_redisplay: 'enabled',
          payment_method_redisplay_limit: maxSavedCards, // three, unless said
          payment_method_allow_redisplay_filters: [...SHOWN],
          payment_method_save: 'enabled',
          payment_method_save_usage: 'on_session',
          payment_method_remove: 'disabled', // on the account's page, where a sign-in is as fresh as it must be
        }
        const components = { payment_element: { enabled: true, features } }
        const session = await call('customer-session', (sdk) => sdk.customerSessions.create({ customer, components }))
        return secretOf(session.client_secret)
      }),
    setupIntent: (customer) =>
      outcomeOf(async () => {
        const intent = await call('setup-intent', (sdk) =>
          sdk.setupIntents.create({
            customer,
            usage: 'on_session',
            automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
          }),
        )
        return secretOf(intent.client_secret)
      }),
    listCards: (customer) =>
      outcomeOf(async () => {
        const params = { type: 'card', limit: CARDS_READ } as const
        const { data } = await call('list-cards', (sdk) => sdk.customers.listPaymentMethods(customer, params, READ))
        const shown = data.filter(({ allow_redisplay: kept }) => SHOWN.some((name) => name === kept))
        return { cards: shown.map(savedCardFrom).filter((card) => card !== undefined) }
      }),
    removeCard: (customer, cardRef) =>
      outcomeOf(async () => {
        // Asked as this customer's: a card of somebody else is missing, as one that never was.
        await call('find-card', (sdk) => sdk.customers.retrievePaymentMethod(customer, cardRef, {}, READ))
        await call('remove-card', (sdk) => sdk.paymentMethods.detach(cardRef)).catch(async (error: unknown) => {
          // Removed twice at once: the second is told that it is attached to nobody.
          if (!isRefusal(error)) throw error
        })
        return {}
      }),
  }
}

/** Saved cards, disputes and the books of one account at Stripe (provider facts §5, §7). */
export function createCardVault(access: StripeAccess): CardVault {
  const { call } = access
  return {
    provider: 'stripe',
    ...keptCards(access),
    fetchDispute: (disputeRef) =>
      outcomeOf(async () => ({
        dispute: disputeFrom(await call('dispute', (sdk) => sdk.disputes.retrieve(disputeRef, {}, READ))),
      })),
    async *listDisputes(since) {
      const created = { gte: Math.floor(since.getTime() / 1000) }
      for await (const dispute of eachOf((page) =>
        call('list-disputes', (sdk) => sdk.disputes.list({ created, ...page }, READ)),
      ))
        yield disputeFrom(dispute)
    },
    fetchFraudWarning: (warningRef) =>
      outcomeOf(async () => ({
        warning: warningFrom(
          await call('fraud-warning', (sdk) => sdk.radar.earlyFraudWarnings.retrieve(warningRef, {}, READ)),
        ),
      })),
    async *listFraudWarnings(since) {
      const created = { gte: Math.floor(since.getTime() / 1000) }
      for await (const warning of eachOf((page) =>
        call('list-fraud-warnings', (sdk) => sdk.radar.earlyFraudWarnings.list({ created, ...page }, READ)),
      ))
        yield warningFrom(warning)
    },
    async *listBalanceTransactions(window) {
      const wanted = { created: createdIn(window), expand: ['data.source'] }
      for await (const line of eachOf((page) =>
        call('list-balance', (sdk) => sdk.balanceTransactions.list({ ...wanted, ...page }, READ)),
      ))
        yield movementFrom(line)
    },
    async *listPayouts(window) {
      const created = createdIn(window)
      for await (const payout of eachOf((page) =>
        call('list-payouts', (sdk) => sdk.payouts.list({ created, ...page }, READ)),
      ))
        yield payoutFrom(payout)
    },
    fetchPayout: (payoutRef) =>
      outcomeOf(async () => ({
        payout: payoutFrom(await call('payout', (sdk) => sdk.payouts.retrieve(payoutRef, {}, READ))),
      })),
  }
}
