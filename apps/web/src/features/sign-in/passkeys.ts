import { startAuthentication, startRegistration, WebAuthnAbortService } from '@simplewebauthn/browser'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

/** What the API's ceremony options are to a script. */
export interface Ceremony {
  ceremonyId: string
  options: Record<string, unknown>
}

/** Shows the browser's passkey dialog, or, for autofill, offers passkeys in the field. Gives the answer as the API reads it; throws when it was called off. */
export async function givePasskey({ options }: Ceremony, how: { isAutofill?: boolean } = {}): Promise<string> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  return JSON.stringify(await startAuthentication({ optionsJSON, useBrowserAutofill: how.isAutofill ?? false }))
}

export async function makePasskey({ options }: Ceremony): Promise<string> {
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  return JSON.stringify(await startRegistration({ optionsJSON }))
}

export const callOffPasskey = (): void => WebAuthnAbortService.cancelCeremony()
