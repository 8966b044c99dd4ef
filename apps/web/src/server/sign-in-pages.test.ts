import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen, startApi, startWebsite } from '../../test/website.ts'

const api = startApi()
let website: Awaited<ReturnType<typeof startWebsite>>

beforeAll(async () => {
  website = await startWebsite(await listen(api))
})

afterAll(() => {
  for (const server of [api, website.server]) server.close().closeAllConnections()
})

const stateOf = (state: object) => `__Host-dhow_sign_in=${Buffer.from(JSON.stringify(state)).toString('base64url')}`
const soon = '2027-01-01T00:00:00Z'
const challenge = { challengeId: '0190b5e6-0000-7000-8000-000000000000', resendAt: soon, expiresAt: soon }
const atCode = stateOf({ step: 'code', next: null, phone: '+971501234567', ...challenge })
const atPassword = stateOf({ step: 'password', next: null, email: 'sara@example.com' })

const get = (path: string, cookie = '') =>
  fetch(website.url + path, { headers: cookie ? { cookie } : {}, redirect: 'manual' })

const post = (path: string, fields: Record<string, string>, cookie = '') =>
  fetch(website.url + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) },
    redirect: 'manual',
  })

/** `autocomplete` of each field people type into, by its name. */
async function autocompleteOf(path: string, cookie?: string): Promise<Record<string, string | undefined>> {
  const html = await (await get(path, cookie)).text()
  const fields = [...html.matchAll(/<input [^>]*>/g)].map(([tag]) => tag)
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1]
  const typed = fields.filter((tag) => /type="(?:text|email|password|tel)"/.test(tag) && /autocomplete=/i.test(tag))
  return Object.fromEntries(typed.map((tag) => [attribute(tag, 'name') ?? '', attribute(tag, 'autocomplete')]))
}

test('AU-6: every field says to password managers and phones what belongs into it, and none forbids pasting', async () => {
  expect(await autocompleteOf('/en/sign-in')).toMatchObject({ identifier: 'username webauthn' })
  expect(await autocompleteOf('/en/sign-in/code', atCode)).toEqual({ code: 'one-time-code' })
  expect(await autocompleteOf('/en/sign-in/password', atPassword)).toEqual({
    _username: 'username',
    password: 'current-password',
  })
  expect(await autocompleteOf('/ar/sign-up')).toMatchObject({
    name: 'name',
    email: 'username',
    password: 'new-password',
  })
  for (const path of ['/en/sign-in', '/en/sign-up']) expect(await (await get(path)).text()).not.toContain('onpaste')
})

test('pages of signing in and of the account are for one browser only', async () => {
  for (const path of ['/en/sign-in', '/en/sign-up', '/ar/account/undo']) {
    const answer = await get(path)
    expect([answer.status, answer.headers.get('cache-control')], path).toEqual([200, 'private, no-store'])
    expect(answer.headers.get('referrer-policy'), path).toBe('same-origin')
    expect(answer.headers.get('content-security-policy'), path).toContain("script-src 'self';")
  }
})

test('a visit gives the browser a device id that scripts cannot read', async () => {
  const cookies = (await get('/en/sign-in')).headers.getSetCookie()
  expect(cookies).toEqual([
    expect.stringMatching(/^__Host-dhow_device=[\w-]{22}; Path=\/; SameSite=Lax; Secure; Max-Age=31536000; HttpOnly$/),
  ])
})

test('whoever is not signed in is sent to sign in, and back', async () => {
  const answer = await get('/ar/account/orders?cursor=x')
  const to = '/ar/sign-in?next=%2Far%2Faccount%2Forders%3Fcursor%3Dx'
  expect([answer.status, answer.headers.get('location')]).toEqual([303, to])
})

test('the secret of a mailed link leaves the address at once, and opening it does nothing', async () => {
  const token = 'a'.repeat(43)
  const answer = await get(`/en/account/verify?token=${token}`)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/en/account/verify'])
  const kept = answer.headers.getSetCookie().find((cookie) => cookie.includes(token))
  expect(kept).toContain('HttpOnly')
  const page = await (await get('/en/account/verify', `__Host-dhow_link_verify=${token}`)).text()
  expect(page).not.toContain(token)
})

test('OT-7: a program that fills in the field nobody sees is told what everybody is, and nothing is sent', async () => {
  const typed = { intent: 'identify', identifier: '050 123 4567', _website: 'https://spam.example' }
  const answer = await post('/en/sign-in', typed)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/en/sign-in/code'])
})

test('a form that is shown again holds no password', async () => {
  const answer = await post('/en/sign-up', { intent: 'sign-up', name: '', email: 'x', password: 'hunter2hunter2' })
  const html = await answer.text()
  expect(answer.status).toBe(422)
  expect(html).not.toContain('hunter2')
})
