import type { PasskeyCeremony } from '@dhow/contracts/auth.ts'
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { z } from 'zod'

type Ceremony = z.infer<typeof PasskeyCeremony>
type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']

/** Whether this browser, on this address, can use passkeys at all. */
export const canUsePasskeys = (): boolean => browserSupportsWebAuthn()

/** Asks the browser for a passkey. Throws what the browser says when its dialog is closed, or there is no such key. */
export async function askForPasskey({ ceremonyId, options }: Ceremony) {
  // The contract passes WebAuthn's options through unread: the API's library made them, the browser's checks them.
  const response = await startAuthentication({ optionsJSON: options })
  return { ceremonyId, response: { ...response } }
}

/** Has the browser make a passkey. Throws as above. */
export async function makePasskeyFor({ ceremonyId, options }: Ceremony) {
  const response = await startRegistration({ optionsJSON: options as unknown as CreationOptions })
  return { ceremonyId, response: { ...response } }
}
