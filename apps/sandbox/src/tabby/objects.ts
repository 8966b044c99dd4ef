export type TabbyStatus = 'CREATED' | 'AUTHORIZED' | 'CLOSED' | 'REJECTED' | 'EXPIRED'
export type RejectionReason = 'not_available' | 'order_amount_too_high' | 'order_amount_too_low'
export type Lang = 'en' | 'ar'

export type Buyer = { name: string; email: string; phone: string; dob?: string }
export type ShippingAddress = { city: string; address: string; zip: string }
export type Item = { title: string; quantity: number; unit_price: string; category: string } & Record<string, unknown>

/** A capture, or a refund with its reason. */
export type Move = {
  id: string
  created_at: string
  amount: string
  reference_id: string
  items: Item[]
  reason?: string
  tax_amount?: string
  shipping_amount?: string
  discount_amount?: string
}

export type Order = {
  reference_id: string
  updated_at: string
  tax_amount: string
  shipping_amount: string
  discount_amount: string
  items: Item[]
}

/** A payment as `GET /api/v2/payments/{id}` answers it. */
export type TabbyPayment = {
  id: string
  created_at: string
  expires_at: string
  status: TabbyStatus
  is_test: true
  amount: string
  currency: string
  description: string
  buyer: Buyer
  shipping_address: ShippingAddress
  order: Order
  captures: Move[]
  refunds: Move[]
  buyer_history: Record<string, unknown>
  order_history: Record<string, unknown>[]
  meta: Record<string, unknown> | null
}

export type StoredPayment = {
  /** As BoundedMap and the state file want it: the payment's. */
  id: string
  payment: TabbyPayment
  sessionId: string
  closedAt: string | null
  isDisputed: boolean
}

export type MerchantUrls = { success: string | null; cancel: string | null; failure: string | null }

export type StoredSession = {
  id: string
  paymentId: string
  createdAtMs: number
  lang: Lang
  merchantUrls: MerchantUrls
  rejection: RejectionReason | null
  token: string | null
  /** How far the shopper has come on the hosted page. */
  step: 'phone' | 'code' | 'plan'
}

export type TabbyEndpoint = {
  id: string
  url: string
  is_test: true
  header: { title: string; value: string } | null
}

/** Something that was told, as it was when it happened. Tabby gives its webhooks no ids: this one is ours, for the log and `resend`. */
export type TabbyEvent = { id: string; type: string; paymentId: string; payload: string }

/** What comes with `POST /api/v2/checkout`, once the schema has passed it. */
export type CheckoutRequest = {
  payment: {
    amount: string
    currency: string
    description?: string
    buyer: Buyer
    shipping_address: ShippingAddress
    order: Partial<Order> & Pick<Order, 'reference_id' | 'items'>
    buyer_history: Record<string, unknown>
    order_history: Record<string, unknown>[]
    meta?: Record<string, unknown> | null
  }
  lang: Lang
  merchant_code: string
  merchant_urls?: Partial<MerchantUrls>
  token?: string | null
}

export type MoveRequest = {
  amount: string
  reference_id: string
  reason?: string
  tax_amount?: string
  shipping_amount?: string
  discount_amount?: string
  items?: Item[]
}
