import { generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { DeviceKey, refreshTokens } from '@dhow/contracts/auth.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import { SignJWT } from 'jose'
import type { JWK } from 'jose'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { codeOf } from '../../../../test/problems.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import { openSession } from './sessions.ts'

const app = await startTestApp()

interface Device {
  jwk: JWK
  privateKey: KeyObject
}

function newDevice(): Device {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { jwk: publicKey.export({ format: 'jwk' }), privateKey }
}

/** A customer whose app keeps a key. */
async function signInWith(device: Device): Promise<Tokens> {
  const { account } = await app.given.customer()
  return inTransaction(app.db, (tx) =>
    openSession(app.ctx, tx, {
      accountId: account.id,
      audience: 'shop-api',
      client: { ip: '', network: '', deviceId: undefined, userAgent: '', place: undefined, requestId: 'test-request' },
      amr: ['sms'],
      secondFactorAt: null,
      deviceKey: DeviceKey.parse(device.jwk),
    }),
  )
}

interface ProofWish {
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  signer?: KeyObject
}

const htu = () => `${app.ctx.config.PUBLIC_API_URL}/api/v1/auth/refresh`

function proofBy(device: Device, { claims = {}, header = {}, signer = device.privateKey }: ProofWish = {}) {
  const iat = Math.floor(app.clock.now().getTime() / 1000)
  return new SignJWT({ jti: newId(), htm: 'POST', htu: htu(), iat, ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: device.jwk, ...header })
    .sign(signer)
}

const refresh = (refreshToken: string, proof?: string): Promise<Tokens> =>
  app.api.call(refreshTokens, { body: { refreshToken }, headers: proof === undefined ? {} : { dpop: proof } })

test('SE-3: a session of a device key is refreshed with a proof by it, and may rest for thirty days', async () => {
  const device = newDevice()
  const tokens = await signInWith(device)
  app.clock.advance({ days: 29 })
  const next = await refresh(tokens.refreshToken, await proofBy(device))
  expect(next.sessionId).toBe(tokens.sessionId)
  expect(await codeOf(refresh(next.refreshToken, await proofBy(device)))).toBe('none')
})

test('SE-3: a stolen refresh token opens nothing without the key, and still works for its owner', async () => {
  const device = newDevice()
  const tokens = await signInWith(device)
  expect(await codeOf(refresh(tokens.refreshToken))).toBe('auth/refresh-invalid')
  expect(await codeOf(refresh(tokens.refreshToken, await proofBy(newDevice())))).toBe('auth/refresh-invalid')
  expect(await codeOf(refresh(tokens.refreshToken, await proofBy(device)))).toBe('none')
})

test('SE-3: a proof works once', async () => {
  const device = newDevice()
  const tokens = await signInWith(device)
  const proof = await proofBy(device)
  const next = await refresh(tokens.refreshToken, proof)
  expect(await codeOf(refresh(next.refreshToken, proof))).toBe('auth/refresh-invalid')
  expect(await codeOf(refresh(next.refreshToken, await proofBy(device)))).toBe('none')
})

test('SE-3: of two who send one proof at once only one can be answered', async () => {
  const device = newDevice()
  const [one, other] = [await signInWith(device), await signInWith(device)]
  const proof = await proofBy(device)
  const codes = await Promise.all([one, other].map((tokens) => codeOf(refresh(tokens.refreshToken, proof))))
  expect(codes.toSorted()).toEqual(['auth/refresh-invalid', 'none'])
})

const seconds = (by: number): number => Math.floor(app.clock.now().getTime() / 1000) + by

const wrong: Record<string, (device: Device) => Promise<string> | string> = {
  'for another method': (device) => proofBy(device, { claims: { htm: 'GET' } }),
  'for another address': (device) => proofBy(device, { claims: { htu: 'https://evil.example/api/v1/auth/refresh' } }),
  'for another path': (device) => proofBy(device, { claims: { htu: htu().replace('refresh', 'logout') } }),
  'older than a minute': (device) => proofBy(device, { claims: { iat: seconds(-61) } }),
  'from more than a minute ahead': (device) => proofBy(device, { claims: { iat: seconds(61) } }),
  'without a time': (device) => proofBy(device, { claims: { iat: undefined } }),
  'without an id': (device) => proofBy(device, { claims: { jti: undefined } }),
  'of another type': (device) => proofBy(device, { header: { typ: 'JWT' } }),
  'signed by another key than it shows': (device) => proofBy(device, { signer: newDevice().privateKey }),
  'that shows its private key': (device) =>
    proofBy(device, { header: { jwk: device.privateKey.export({ format: 'jwk' }) } }),
  'without a key': (device) => proofBy(device, { header: { jwk: undefined } }),
  'with a key of another kind': (device) =>
    proofBy(device, { header: { jwk: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) } }),
  'with a point that is on no curve': (device) =>
    proofBy(device, { header: { jwk: { ...device.jwk, x: 'A'.repeat(43) } } }),
  'without a signature': async (device) => (await proofBy(device)).replace(/[^.]+$/, ''),
  'of 5 kB': (device) => proofBy(device, { claims: { padding: 'x'.repeat(4_000) } }),
  'that is no token': () => 'proof',
}

test.each(Object.entries(wrong))('SE-3: a proof %s is none', async (_what, make) => {
  const device = newDevice()
  const tokens = await signInWith(device)
  expect(await codeOf(refresh(tokens.refreshToken, await make(device)))).toBe('auth/refresh-invalid')
  expect(await codeOf(refresh(tokens.refreshToken, await proofBy(device)))).toBe('none')
})
