export type StripeErrorType =
  | 'api_error'
  | 'card_error'
  | 'idempotency_error'
  | 'invalid_request_error'
  | 'authentication_error'
  | 'rate_limit_error'

export type StripeErrorFields = {
  type: StripeErrorType
  message: string
  code?: string | undefined
  param?: string | undefined
  decline_code?: string | undefined
  advice_code?: string | undefined
  charge?: string | undefined
  payment_intent?: object | undefined
  setup_intent?: object | undefined
  payment_method?: object | undefined
}

/** A refusal in Stripe's own shape; the endpoint runner turns it into the HTTP answer. */
export class StripeError extends Error {
  readonly status: number
  readonly fields: StripeErrorFields

  constructor(status: number, fields: StripeErrorFields) {
    super(fields.message)
    this.status = status
    this.fields = fields
  }

  toBody(requestId: string): object {
    const { code } = this.fields
    const docUrl =
      code === undefined ? {} : { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }
    return {
      error: { ...this.fields, ...docUrl, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` },
    }
  }
}

export function invalidRequest(message: string, code?: string, param?: string): StripeError {
  return new StripeError(400, { type: 'invalid_request_error', message, code, param })
}

export function notFound(kind: string, id: string, param = 'id'): StripeError {
  const message = `No such ${kind}: '${id}'`
  return new StripeError(404, { type: 'invalid_request_error', message, code: 'resource_missing', param })
}

export function unauthorised(message: string): StripeError {
  return new StripeError(401, { type: 'authentication_error', message })
}
