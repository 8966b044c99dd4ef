import { z } from 'zod'
import type { Cookies } from '../framework/page.ts'

const codeCookie = 'dhow_order_code'
const quarterOfAnHour = 15 * 60

/** The code just sent for an order paid in cash. It travels in an HttpOnly cookie: the challenge is half of what confirms the order. */
const SentCode = z.strictObject({
  number: z.string().max(20),
  challengeId: z.uuid(),
  resendAt: z.iso.datetime(),
})
export type SentCode = z.infer<typeof SentCode>

/** The last code sent for this order from this browser. Undefined when there is none, or it is too old to be typed. */
export function sentCodeOf(cookies: Cookies, number: string): SentCode | undefined {
  try {
    const text = Buffer.from(cookies.get(codeCookie) ?? '', 'base64url').toString()
    const parsed = SentCode.safeParse(JSON.parse(text))
    return parsed.success && parsed.data.number === number ? parsed.data : undefined
  } catch {
    return undefined
  }
}

export const rememberCode = (cookies: Cookies, code: SentCode): void =>
  cookies.set(codeCookie, Buffer.from(JSON.stringify(code)).toString('base64url'), { maxAgeSeconds: quarterOfAnHour })

export const forgetCode = (cookies: Cookies): void => cookies.clear(codeCookie)
