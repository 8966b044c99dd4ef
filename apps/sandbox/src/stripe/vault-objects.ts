import type { Metadata, NextAction, PaymentError } from './objects.ts'

/** Objects round saved cards and money in dispute or on its way to the bank, in wire names. */

export type Customer = {
  id: string
  object: 'customer'
  balance: 0
  created: number
  default_source: null
  description: string | null
  email: string | null
  invoice_settings: { custom_fields: null; default_payment_method: null; footer: null; rendering_options: null }
  livemode: false
  metadata: Metadata
  name: string | null
  phone: string | null
  shipping: null
}

export type ElementFeatures = {
  payment_method_allow_redisplay_filters: string[]
  payment_method_redisplay: string
  payment_method_redisplay_limit: number | null
  payment_method_remove: string
  payment_method_save: string
  payment_method_save_usage: string | null
}

/** Kept by its client secret, which is all it has of a name. */
export type CustomerSession = { customer: string; expires_at: number; features: ElementFeatures | null }

export type SetupStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'succeeded'
  | 'canceled'

export type SetupIntent = {
  id: string
  object: 'setup_intent'
  allowed_payment_method_types: null
  application: null
  automatic_payment_methods: { allow_redirects: 'always' | 'never'; enabled: boolean } | null
  cancellation_reason: null
  client_secret: string
  created: number
  customer: string | null
  description: string | null
  excluded_payment_method_types: null
  last_setup_error: PaymentError | null
  latest_attempt: null
  livemode: false
  mandate: null
  metadata: Metadata
  next_action: NextAction | null
  on_behalf_of: null
  payment_method: string | null
  payment_method_configuration_details: null
  payment_method_options: object
  payment_method_types: string[]
  single_use_mandate: null
  status: SetupStatus
  usage: string
}

export type DisputeStatus =
  | 'warning_needs_response'
  | 'warning_under_review'
  | 'warning_closed'
  | 'needs_response'
  | 'under_review'
  | 'won'
  | 'lost'

export type Dispute = {
  id: string
  object: 'dispute'
  amount: number
  balance_transactions: object[]
  charge: string
  created: number
  currency: string
  enhanced_eligibility_types: string[]
  evidence: Record<string, unknown>
  evidence_details: {
    due_by: number | null
    enhanced_eligibility: object
    has_evidence: boolean
    past_due: boolean
    submission_count: number
    submission_method: string
  }
  intended_submission_method: null
  is_charge_refundable: boolean
  livemode: false
  metadata: Metadata
  payment_intent: string
  payment_method_details: {
    type: 'card'
    card: { brand: string; case_type: string; network: string; network_reason_code: string }
  }
  reason: string
  status: DisputeStatus
}

export type FraudWarning = {
  id: string
  object: 'radar.early_fraud_warning'
  /** False once the payment was refunded or disputed. */
  actionable: boolean
  charge: string
  created: number
  fraud_type: string
  livemode: false
  payment_intent: string
}

export type Payout = {
  id: string
  object: 'payout'
  amount: number
  arrival_date: number
  automatic: boolean
  balance_transaction: string
  created: number
  currency: string
  failure_balance_transaction: string | null
  failure_code: string | null
  failure_message: string | null
  metadata: Metadata
  status: 'pending' | 'in_transit' | 'paid' | 'failed'
} & Record<string, unknown>

export type PaymentMethodDomain = {
  id: string
  object: 'payment_method_domain'
  amazon_pay: { status: string }
  apple_pay: { status: string }
  created: number
  domain_name: string
  enabled: boolean
  google_pay: { status: string }
  klarna: { status: string }
  link: { status: string }
  livemode: false
  paypal: { status: string }
}
