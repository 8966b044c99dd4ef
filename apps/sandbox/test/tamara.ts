import type { RunningSandbox } from '../src/app.ts'

const aed = (amount: number) => ({ amount, currency: 'AED' })

export const address = {
  first_name: 'Mariam',
  last_name: 'Al Mansoori',
  line1: '1204, Marina Heights',
  city: 'Dubai',
  country_code: 'AE',
  phone_number: '+971544337866',
}

/** AED 149.50: three cups of 43.17 less one fils, and delivery. */
export const purchase = (change: object = {}) => ({
  order_reference_id: 'order-1',
  order_number: 'DH-7K3M-9QX2',
  total_amount: aed(149.5),
  tax_amount: aed(7.12),
  shipping_amount: aed(20),
  country_code: 'AE',
  payment_type: 'PAY_BY_INSTALMENTS',
  locale: 'en_US',
  items: [
    {
      reference_id: 'FIN-1',
      type: 'Physical',
      name: 'Finjan cups',
      sku: 'FIN-1',
      quantity: 3,
      unit_price: aed(43.17),
      discount_amount: aed(0.01),
      total_amount: aed(129.5),
    },
  ],
  consumer: { first_name: 'Mariam', last_name: 'Al Mansoori', phone_number: '+971544337866', email: 'm@example.com' },
  shipping_address: address,
  merchant_url: { success: 'https://shop.test/s', failure: 'https://shop.test/f', cancel: 'https://shop.test/c' },
  ...change,
})

export type TamaraAnswer = { status: number; body: Record<string, any> } // oxlint-disable-line no-explicit-any -- read field by field

export type TamaraCall = (method: string, path: string, body?: unknown) => Promise<TamaraAnswer>

export const tamaraAt =
  (sandbox: RunningSandbox, token = sandbox.config.tamara.apiToken): TamaraCall =>
  async (method, path, body) => {
    const response = await fetch(sandbox.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }

export { aed }
