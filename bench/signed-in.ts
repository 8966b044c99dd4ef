import type { OtpChallenge, SignInResult } from '@dhow/contracts/auth.ts'
import { send } from './http.ts'
import { compare } from './load.ts'
import type { Compared } from './load.ts'
import { contact, expectStatus, placeOrder } from './shopper.ts'
import type { Market } from './shopper.ts'

const CLAIMED_WITHIN_MS = 30_000

interface Texts {
  texts: { code: string | null }[]
}

/** Signs the shopper of the purchases in, by the code the sandbox was sent for them; gives their access token. */
async function signIn(market: Market): Promise<string> {
  const auth = `${market.apiUrl}/api/v1/auth`
  const asked = await send<OtpChallenge>({ method: 'POST', url: `${auth}/otp`, json: { phone: contact.phone } })
  const { challengeId } = expectStatus('ask for a code', 202, asked)
  const to = contact.phone.replace(/^0/, '+971')
  const inbox = await send<Texts>({
    method: 'GET',
    url: `${market.sandboxUrl}/texts.json?to=${encodeURIComponent(to)}`,
  })
  const code = inbox.body.texts.find((text) => text.code !== null)?.code
  const given = await send<SignInResult>({ method: 'POST', url: `${auth}/otp/verify`, json: { challengeId, code } })
  const result = expectStatus('give the code', 200, given)
  if (result.kind !== 'signed-in') throw new Error('the shopper was asked for a second factor')
  return result.tokens.accessToken
}

/** Waits until the worker has given the order to whoever has shown that its phone is theirs. */
async function waitUntilClaimed(url: string, headers: Record<string, string>): Promise<void> {
  const until = performance.now() + CLAIMED_WITHIN_MS
  while (performance.now() < until) {
    if ((await send({ method: 'GET', url, headers })).status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the order was not claimed')
}

/** The same order asked for by its customer's access token and by its own token: what being known costs. */
export async function measureSignedIn(market: Market, seconds: number): Promise<Compared> {
  const placed = await placeOrder(market, market.variantIds.slice(0, 2))
  if (!placed) throw new Error('there is nothing left to order')
  const url = `${market.apiUrl}/api/v1/orders/${placed.order.number}`
  const headers = { authorization: `Bearer ${await signIn(market)}` }
  await waitUntilClaimed(url, headers)
  return compare({ url, seconds, headers }, { url, seconds, headers: { 'order-token': placed.token } })
}
