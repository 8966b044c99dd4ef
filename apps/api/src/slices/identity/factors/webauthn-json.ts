import { z } from 'zod'

/** What browsers answer, member by member, bounded. What is not used (extension results) is left out. */
const Base64Url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(20_000)
const Bytes = Base64Url.max(2000)
const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

export const RegistrationJson = z
  .object({
    id: Bytes,
    rawId: Bytes,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: Bytes.max(5000),
      attestationObject: Base64Url,
      // A browser may name one we have not heard of: it is only a hint for the next dialog.
      transports: z
        .array(z.string().max(20))
        .max(20)
        .optional()
        .transform((names = []) => transports.filter((transport) => names.includes(transport))),
    }),
  })
  .transform(({ id, rawId, type, response }) => ({ id, rawId, type, response, clientExtensionResults: {} }))
export type RegistrationJson = z.infer<typeof RegistrationJson>

export const AssertionJson = z
  .object({
    id: Bytes,
    rawId: Bytes,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: Bytes.max(5000),
      authenticatorData: Bytes.max(5000),
      signature: Bytes,
      userHandle: z
        .string()
        .regex(/^[A-Za-z0-9_-]*$/)
        .max(200)
        .nullish()
        .transform((handle) => handle ?? undefined),
    }),
  })
  .transform(({ id, rawId, type, response }) => ({ id, rawId, type, response, clientExtensionResults: {} }))
export type AssertionJson = z.infer<typeof AssertionJson>

/** True when the page that asked was inside a page of another origin, which ours never is. */
export function isFramed(clientDataJson: string): boolean {
  const data: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString())
  return typeof data === 'object' && data !== null && 'crossOrigin' in data && data.crossOrigin === true
}
