import { createHmac } from 'node:crypto'

/** Stripe's `Stripe-Signature` header: HMAC-SHA256 over `<unix seconds>.<raw body>` with the whole `whsec_…` string. */
export function signatureHeader(secret: string, payload: string, timestampSeconds: number): string {
  const signature = createHmac('sha256', secret).update(`${timestampSeconds}.${payload}`).digest('hex')
  return `t=${timestampSeconds},v1=${signature}`
}
