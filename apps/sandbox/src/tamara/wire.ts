import { openSchemas } from '../platform/schemas.ts'
import { invalid, TamaraError } from './errors.ts'
import type { WireMoney } from './wire-money.ts'

export type ShippingInfo = {
  shipped_at: string
  shipping_company: string
  tracking_number?: string
  tracking_url?: string
}

export type WireItem = {
  reference_id: string
  type: string
  name: string
  sku: string
  quantity: number
  total_amount: WireMoney
  unit_price?: WireMoney
  tax_amount?: WireMoney
  discount_amount?: WireMoney
}

export type CheckoutBody = {
  order_reference_id: string
  order_number?: string
  total_amount: WireMoney
  tax_amount: WireMoney
  shipping_amount: WireMoney
  discount?: { name?: string; amount: WireMoney }
  country_code: string
  payment_type: string
  instalments?: number
  locale?: 'ar_SA' | 'en_US'
  items: WireItem[]
  consumer: { first_name: string; last_name: string; phone_number: string; email?: string }
  shipping_address: { country_code: string; phone_number?: string }
  billing_address?: { country_code: string }
  merchant_url: { success: string; failure: string; cancel: string }
  expires_in_minutes?: number
}

type Bodies = {
  Checkout: CheckoutBody
  VoidCheckout: { order_id: string }
  PreCheck: { country: string; order_value: WireMoney; phone_number?: string }
  Eligibility: { order: WireMoney; customer: { phone: string } }
  Capture: { order_id: string; total_amount: WireMoney; shipping_info: ShippingInfo }
  Cancel: { total_amount: WireMoney }
  Refund: { total_amount: WireMoney; comment: string; merchant_refund_id?: string }
  ReferenceChange: { order_reference_id: string }
  Webhook: { type: 'order' | 'dispute'; url: string; events: string[]; headers?: Record<string, string> }
}

const schemas = openSchemas('tamara.json')

/** Checks a body against the schema of its call. Throws Tamara's 400 naming what is wrong. */
export function readBody<Name extends keyof Bodies>(name: Name, body: unknown): Bodies[Name] {
  const validate = schemas.validator(name)
  if (validate(body)) return body as Bodies[Name] // the schema says so
  const [fault] = validate.errors ?? []
  const field = fault?.instancePath.slice(1).replaceAll('/', '.') ?? ''
  throw new TamaraError(400, `${field || 'body'} ${fault?.message ?? 'is not valid'}`, [codeOf(field)])
}

const codeOf = (field: string): string =>
  field === '' ? 'invalid_request' : `${field.replaceAll(/[.\d]+/g, '_')}_invalid`

const PHONE = /^(?:\+?971|0)?(5\d{8})$/

/** The nine local digits of a UAE mobile in any spelling Tamara takes; throws for anything else. */
export function localPhone(phone: string, code = 'invalid_phone_number'): string {
  const digits = PHONE.exec(phone.replaceAll(/[\s-]/g, ''))?.[1]
  if (digits === undefined) throw invalid(code)
  return digits
}
