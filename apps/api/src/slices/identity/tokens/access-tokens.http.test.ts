import { createHmac, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { GeneralSign, SignJWT } from 'jose'
import type { JWTPayload } from 'jose'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { rawRequest } from '../../../../test/raw-request.ts'
import { newId } from '../../../platform/ids.ts'
import { createAuthenticator } from './authenticator.ts'

const app = await startTestApp({ env: { LOG_LEVEL: 'info' } })
const good = (await app.given.customer()).tokens.accessToken

const decode = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const claimsOf = (token: string): JWTPayload => decode(token.split('.')[1])

/** What an attacker is answered, by an endpoint for customers. */
const answerTo = (token: string) =>
  rawRequest(`${app.baseUrl}/api/v1/auth/sessions`, { headers: { authorization: `Bearer ${token}` } })

/** Signed by our own key: everything right but what the test changes. */
async function signed(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
  const { kid, privateKey } = await app.ctx.keyring.signer()
  const jwt = new SignJWT({ ...claimsOf(good), ...claims })
  return jwt.setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header }).sign(privateKey)
}

const now = (): number => Math.floor(app.clock.now().getTime() / 1000)

/** A signature by a key that is in the header, or where the header points. */
function signedByStranger(header: Record<string, unknown>): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519')
  return new SignJWT(claimsOf(good)).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...header }).sign(privateKey)
}

function unsigned(header: Record<string, unknown>, signature: (text: string) => string = () => ''): string {
  const text = `${encode({ typ: 'at+jwt', ...header })}.${good.split('.')[1] ?? ''}`
  return `${text}.${signature(text)}`
}

const kidOf = (token: string): string => String(decode(token.split('.')[0])['kid'])

async function publicKeyPem(): Promise<string> {
  const [key] = await app.ctx.keyring.publicKeys()
  if (!key) throw new Error('there is no key')
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
}

const strangersKey = () => generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })

async function withTwoSignatures(): Promise<string> {
  const { kid, privateKey } = await app.ctx.keyring.signer()
  const sign = new GeneralSign(Buffer.from(JSON.stringify(claimsOf(good))))
  sign.addSignature(privateKey).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
  sign.addSignature(privateKey).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
  return Buffer.from(JSON.stringify(await sign.sign())).toString('base64url')
}

const forgeries: Record<string, () => string | Promise<string>> = {
  'alg none': () => unsigned({ alg: 'none', kid: kidOf(good) }),
  'alg None, in other letters': () => unsigned({ alg: 'nOnE', kid: kidOf(good) }),
  'its signature cut off': () => good.slice(0, good.lastIndexOf('.') + 1),
  'HS256 by the public key': async () => {
    const pem = await publicKeyPem()
    return unsigned({ alg: 'HS256', kid: kidOf(good) }, (text) =>
      createHmac('sha256', pem).update(text).digest('base64url'),
    )
  },
  'HS256 by the bytes of the public key': async () => {
    const x = Buffer.from(String((await app.ctx.keyring.publicKeys())[0]?.x), 'base64url')
    return unsigned({ alg: 'HS256', kid: kidOf(good) }, (text) =>
      createHmac('sha256', x).update(text).digest('base64url'),
    )
  },
  'a kid that is a path': () => signedByStranger({ kid: '../../../../../../etc/passwd' }),
  'a kid that is SQL': () => signedByStranger({ kid: "' union select 'x' --" }),
  'a kid nobody made': () => signedByStranger({ kid: randomBytes(32).toString('base64url') }),
  'no kid': () => signed({}, { kid: undefined }),
  'our kid, a stranger’s signature': () => signedByStranger({ kid: kidOf(good) }),
  'a jku': () => signed({}, { jku: 'https://evil.example/jwks.json' }),
  'an x5u': () => signed({}, { x5u: 'https://evil.example/cert.pem' }),
  'a jwk of its own': () => signedByStranger({ kid: kidOf(good), jwk: strangersKey() }),
  'the back office’s audience': () => signed({ aud: 'admin-api' }),
  'an audience nobody has': () => signed({ aud: 'https://evil.example' }),
  'no audience': () => signed({ aud: undefined }),
  'another issuer': () => signed({ iss: 'https://evil.example' }),
  'the type of a refresh token': () => signed({}, { typ: 'rt+jwt' }),
  'the type of an e-mail token': () => signed({}, { typ: 'JWT' }),
  'no type': () => signed({}, { typ: undefined }),
  'an end in the past': () => signed({ exp: now() - 31 }),
  'an end that is text': () => signed({ exp: String(now() + 600) }),
  'no end': () => signed({ exp: undefined }),
  'a beginning in the future': () => signed({ nbf: now() + 31 }),
  'another version': () => signed({ ver: 2 }),
  'no session': () => signed({ sid: undefined }),
  'a session that is SQL': () => signed({ sid: "' or 1=1 --" }),
  'a session nobody opened': () => signed({ sid: newId() }),
  'somebody else’s account': () => signed({ sub: newId() }),
  'two signatures': withTwoSignatures,
  'a second signature after the first': () => `${good}.${good.split('.')[2] ?? ''}`,
  '20 kB': () => signed({ padding: 'x'.repeat(15_000) }),
  'nothing in it': () => '',
  'spaces in it': () => 'one two three',
}

test.each(Object.entries(forgeries))(
  'SE-1: a token is refused with 401, and the log says so without it, when it has %s',
  async (_what, forge) => {
    const token = await forge()
    const before = app.logs.length
    const answer = await answerTo(token)
    expect([answer.status, answer.code]).toEqual([401, 'auth/required'])
    const said = app.logs.slice(before)
    expect(said.map((line) => line.msg)).toContain('access token refused')
    expect(token !== '' && JSON.stringify(said).includes(token)).toBe(false)
  },
)

test('SE-1: a token says whose session it is and when it was made, and nothing personal', () => {
  const at = now()
  const claims = claimsOf(good)
  expect(Object.keys(claims).toSorted()).toEqual(
    ['amr', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub', 'ver'].toSorted(),
  )
  expect(claims).toMatchObject({ iss: app.ctx.config.PUBLIC_API_URL, aud: 'shop-api', amr: ['sms'], ver: 1 })
  expect([claims.iat, claims.exp, claims['auth_time']]).toEqual([at, at + 600, at])
})

test('SE-1: a customer’s token lives ten minutes, a staff member’s five, and clocks may differ by thirty seconds', async () => {
  const { tokens } = await app.given.customer()
  const { accessToken: staffToken } = await app.given.staff()
  const isKnown = async (token: string, audience: 'shop-api' | 'admin-api') =>
    (await createAuthenticator(app.ctx).authenticate(token, audience)) !== undefined
  app.clock.advance({ seconds: 329 })
  expect([await isKnown(tokens.accessToken, 'shop-api'), await isKnown(staffToken, 'admin-api')]).toEqual([true, true])
  app.clock.advance({ seconds: 1 })
  expect([await isKnown(tokens.accessToken, 'shop-api'), await isKnown(staffToken, 'admin-api')]).toEqual([true, false])
  app.clock.advance({ seconds: 299 })
  expect(await answerTo(tokens.accessToken)).toMatchObject({ status: 200 })
  app.clock.advance({ seconds: 1 })
  expect(await answerTo(tokens.accessToken)).toMatchObject({ status: 401, code: 'auth/required' })
})

test('SE-1: a token that was believed once is not believed once it has expired', async () => {
  const { tokens } = await app.given.customer()
  expect((await answerTo(tokens.accessToken)).status).toBe(200)
  app.clock.advance({ minutes: 11 })
  expect((await answerTo(tokens.accessToken)).status).toBe(401)
})
