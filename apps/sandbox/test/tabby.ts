import type { RunningSandbox } from '../src/app.ts'

export type TabbyAnswer = { status: number; body: Record<string, unknown> & { [name: string]: any } } // oxlint-disable-line typescript/no-explicit-any -- what comes over the wire is looked at piece by piece

export type TabbyCall = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<TabbyAnswer>

/** Calls the sandbox's Tabby with the shop's keys. */
export const tabbyAt =
  (sandbox: RunningSandbox): TabbyCall =>
  async (method, path, body, headers = {}) => {
    const { secretKey, merchantCode } = sandbox.config.tabby
    const response = await fetch(sandbox.url + path, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        'x-merchant-code': merchantCode,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }

type Change = { amount?: unknown; email?: string; phone?: string; currency?: string; lang?: string }

/** The least a session can be opened with. */
export const purchase = (change: Change = {}): object => {
  const { amount = '149.50', currency = 'AED', lang = 'en' } = change
  const { email = 'otp.success@tabby.ai', phone = '+971500000001' } = change
  return {
    payment: {
      amount,
      currency,
      buyer: { name: 'Noor', email, phone },
      shipping_address: { city: 'Dubai', address: 'Al Quoz 3', zip: '00000' },
      order: {
        reference_id: 'DH-1',
        items: [{ title: 'Oud', quantity: 1, unit_price: '149.50', category: 'Perfumes' }],
      },
      buyer_history: { registered_since: '2026-01-01T00:00:00Z', loyalty_level: 0 },
      order_history: [],
      meta: { order_id: 'order-1' },
    },
    lang,
    merchant_code: 'AE',
    merchant_urls: {
      success: 'http://shop.test/paid?order=1',
      cancel: 'http://shop.test/left',
      failure: 'http://shop.test/failed',
    },
  }
}
