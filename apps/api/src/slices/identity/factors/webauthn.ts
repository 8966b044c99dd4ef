import { randomBytes } from 'node:crypto'
import type { AppContext } from '../../../context.ts'
import type { Audience } from '../../../platform/auth/actor.ts'
import type { Config } from '../../../config.ts'
import type { PasskeyRow } from './passkeys.sql.ts'
import { AssertionJson, RegistrationJson, isFramed } from './webauthn-json.ts'

/** ES256, RS256 (Windows Hello) and EdDSA: COSE numbers. */
const algorithms = [-7, -257, -8]

/** How long a dialog may stay open, and its challenge with it. */
export const CEREMONY_SECONDS = 300

// Loaded by the first passkey: it takes 14 MB and most of a second (measured), which workers never need.
const webauthn = () => import('@simplewebauthn/server')

interface RelyingParty {
  id: string
  origin: string
}

/** Passkeys of customers belong to the website's host, those of staff to the back office's: one is nothing to the other. */
export function relyingPartyOf(config: Config, audience: Audience): RelyingParty {
  const url = new URL(audience === 'shop-api' ? config.WEBSITE_URL : config.ADMIN_URL)
  return { id: url.hostname, origin: url.origin }
}

type Configured = Pick<AppContext, 'config'>
type Known = Pick<PasskeyRow, 'credentialId' | 'transports'>

const descriptorOf = ({ credentialId, transports }: Known) => ({ id: credentialId.toString('base64url'), transports })

/** What a passkey gives back as its user handle: says whose it is before anybody is known. */
export const userHandleOf = (accountId: string): string => Buffer.from(accountId).toString('base64url')

/** Options for making a passkey: kept by the authenticator, and only with the person verified (ST-1). */
export async function registrationOptions(
  { config }: Configured,
  wish: { audience: Audience; accountId: string; label: string; name: string; has: readonly Known[] },
): Promise<{ challenge: string }> {
  const { generateRegistrationOptions } = await webauthn()
  return generateRegistrationOptions({
    rpName: config.MERCHANT_NAME_EN,
    rpID: relyingPartyOf(config, wish.audience).id,
    userID: new Uint8Array(Buffer.from(wish.accountId)),
    userName: wish.label,
    userDisplayName: wish.name,
    challenge: new Uint8Array(randomBytes(32)),
    timeout: CEREMONY_SECONDS * 1000,
    attestationType: 'none',
    excludeCredentials: wish.has.map(descriptorOf),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  })
}

/** Options for using one. Without `allowed` the browser offers whatever it has for us. */
export async function assertionOptions(
  { config }: Configured,
  wish: { audience: Audience; allowed?: readonly Known[] },
): Promise<{ challenge: string }> {
  const { generateAuthenticationOptions } = await webauthn()
  return generateAuthenticationOptions({
    rpID: relyingPartyOf(config, wish.audience).id,
    challenge: new Uint8Array(randomBytes(32)),
    timeout: CEREMONY_SECONDS * 1000,
    userVerification: 'required',
    allowCredentials: (wish.allowed ?? []).map(descriptorOf),
  })
}

/**
 * We asked for no attestation. Statements with certificates are refused unread: checking them would fetch revocation lists
 * from addresses the certificate names.
 */
async function isPlainAttestation(attestationObject: string): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
  const format = decoded.get('fmt')
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined)
}

export type NewCredential = Pick<PasskeyRow, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'isBackedUp'>

interface Expected {
  audience: Audience
  challenge: string
}

/** The credential a browser made, or undefined when anything about it is not as asked: challenge, origin, host, verification. */
export async function readRegistration(
  { config, log }: Pick<AppContext, 'config' | 'log'>,
  { audience, challenge }: Expected,
  response: unknown,
): Promise<NewCredential | undefined> {
  const parsed = RegistrationJson.safeParse(response)
  if (!parsed.success) return undefined
  const { verifyRegistrationResponse } = await webauthn()
  const { id, origin } = relyingPartyOf(config, audience)
  try {
    const { clientDataJSON, attestationObject, transports } = parsed.data.response
    if (isFramed(clientDataJSON) || !(await isPlainAttestation(attestationObject))) return undefined
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: parsed.data,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified) return undefined
    const { credential, credentialBackedUp: isBackedUp } = registrationInfo
    return {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports,
      isBackedUp,
    }
  } catch (err) {
    // The library says every mismatch by throwing.
    log.debug({ err }, 'a passkey was not accepted')
    return undefined
  }
}

/** The parts of an assertion that say which passkey it is of; undefined when it is none. */
export function readAssertion(response: unknown): AssertionJson | undefined {
  return AssertionJson.safeParse(response).data
}

/** The counter and backup state of a right assertion, or undefined. Whether the counter has moved on is for the caller to see. */
export async function verifyAssertion(
  { config, log }: Pick<AppContext, 'config' | 'log'>,
  { audience, challenge }: Expected,
  { response, passkey }: { response: AssertionJson; passkey: PasskeyRow },
): Promise<{ counter: number; isBackedUp: boolean } | undefined> {
  const { verifyAuthenticationResponse } = await webauthn()
  const { id, origin } = relyingPartyOf(config, audience)
  try {
    if (isFramed(response.response.clientDataJSON)) return undefined
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      // Zero, so that a counter that went back is told apart from a wrong signature, and only after that was right.
      credential: { id: response.id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
    })
    const { newCounter: counter, credentialBackedUp: isBackedUp } = authenticationInfo
    return verified ? { counter, isBackedUp } : undefined
  } catch (err) {
    log.debug({ err }, 'a passkey was not accepted')
    return undefined
  }
}
