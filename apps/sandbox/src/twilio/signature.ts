import { createHmac } from 'node:crypto'

/** `X-Twilio-Signature`: HMAC-SHA1 over the address as Twilio calls it and every field, sorted by name, glued (twilio.md §3). */
export function signatureOf(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const glued = Object.keys(fields)
    .toSorted()
    .map((name) => `${name}${fields[name]}`)
    .join('')
  return createHmac('sha1', authToken).update(`${url}${glued}`).digest('base64')
}
