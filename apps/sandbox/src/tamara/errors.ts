/** A refusal in Tamara's shape: a message for people, codes for programs. */
export class TamaraError extends Error {
  readonly status: number
  readonly codes: readonly string[]

  constructor(status: number, message: string, codes: readonly string[] = []) {
    super(message)
    this.status = status
    this.codes = codes
  }

  body(): object {
    const errors = this.codes.map((error_code) => ({ error_code, data: [] }))
    return { message: this.message, ...(errors.length > 0 && { errors }) }
  }
}

export const invalid = (...codes: readonly string[]): TamaraError =>
  new TamaraError(400, 'The request is not valid', codes)

export const notFound = (): TamaraError => new TamaraError(404, 'Order not found', ['order_not_found'])

/** The order is not where this call needs it: authorised twice, refunded before it was captured. */
export const wrongState = (message: string): TamaraError =>
  new TamaraError(409, message, ['order_status_does_not_allow'])
