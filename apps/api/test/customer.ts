import type { ApiClient, CallInput } from '@dhow/api-client/api-client.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import type { Endpoint, ResponseOf } from '@dhow/contracts/endpoint.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../src/context.ts'
import type { ClientFacts } from '../src/platform/auth/client.ts'
import { inTransaction } from '../src/platform/db/database.ts'
import { createAccount, openSession } from '../src/slices/identity/identity.ts'
import type { AccountRow } from '../src/slices/identity/identity.ts'
import { hashSecret } from '../src/slices/identity/passwords/hashing.ts'
import { nextContact } from './shopper.ts'

export interface CustomerWish {
  name?: string
  /** E.164, verified. One of their own unless told otherwise; null is none. */
  phone?: string | null
  /** Verified; none unless given. */
  email?: string
  password?: string
  locale?: Locale
  /** How they signed in. */
  amr?: readonly string[]
}

/** Somebody signed in at the shop. */
export interface GivenCustomer {
  account: AccountRow
  tokens: Tokens
  /** Calls an endpoint with their access token. */
  call: <E extends Endpoint>(endpoint: E, input: CallInput<E>) => Promise<ResponseOf<E>>
  /** Signs the same customer in once more, as on another device. */
  signIn: () => Promise<Tokens>
}

/** Where requests of the tests seem to come from. */
const testClient: ClientFacts = {
  ip: '203.0.113.7',
  network: '203.0.113.0/24',
  deviceId: undefined,
  userAgent: 'test',
  place: undefined,
  requestId: 'test',
}

/** A customer with an account and a session, made without the steps of signing in: they have tests of their own. */
export async function signInCustomer(ctx: AppContext, api: ApiClient, wish: CustomerWish = {}): Promise<GivenCustomer> {
  const { name, email, password, locale = 'en', amr = ['sms'] } = wish
  const phone = wish.phone === undefined ? nextContact().phone : wish.phone
  const account = await createAccount(ctx, ctx.db, {
    kind: 'customer',
    status: 'active',
    locale,
    ...(name === undefined ? {} : { name }),
    ...(phone === null ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  })
  if (!account) throw new Error('the phone or e-mail has an account already')
  const { id: accountId } = account
  if (password !== undefined) {
    const row = { accountId, hash: await hashSecret(ctx, password), changedAt: ctx.clock.now() }
    await ctx.db.insertInto('passwords').values(row).execute()
  }
  const signIn = () =>
    inTransaction(ctx.db, (tx) =>
      openSession(ctx, tx, {
        accountId,
        audience: 'shop-api',
        client: testClient,
        amr: [...amr],
        secondFactorAt: null,
      }),
    )
  const tokens = await signIn()
  return {
    account,
    tokens,
    signIn,
    call: (endpoint, input) => api.call(endpoint, { ...input, accessToken: tokens.accessToken }),
  }
}
