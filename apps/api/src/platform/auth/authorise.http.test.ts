import { allEndpoints } from '@dhow/contracts/all-endpoints.ts'
import type { Endpoint } from '@dhow/contracts/endpoint.ts'
import { listSessions } from '@dhow/contracts/account-security.ts'
import { Router } from 'express'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { rawRequest } from '../../../test/raw-request.ts'
import type { RawRequest } from '../../../test/raw-request.ts'
import { createApp } from '../../app.ts'
import { readConfig } from '../../config.ts'
import { mount } from '../http/mount.ts'
import { newId } from '../ids.ts'

const app = await startTestApp()
const adminOrigin = new URL(app.ctx.config.ADMIN_URL).origin

/** Paths with something plausible in place of each parameter. */
const addressOf = (endpoint: Endpoint): string =>
  `${app.baseUrl}/api/v1${endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => (name.endsWith('Id') ? newId() : 'x'))}`

const ask = (endpoint: Endpoint, request: RawRequest = {}) =>
  rawRequest(addressOf(endpoint), { method: endpoint.method, ...request })

const isForStaff = (endpoint: Endpoint): boolean => endpoint.path.startsWith('/admin/') && endpoint.auth !== 'public'
const staffEndpoints = allEndpoints.filter(isForStaff)
const customerEndpoints = allEndpoints.filter((endpoint) => endpoint.auth === 'customer')

const isRouter = (handle: object): handle is Router => 'stack' in handle

/** Method and path of everything Express would answer. */
function routesOf(router: Pick<Router, 'stack'>): string[] {
  return router.stack.flatMap((layer) => {
    if (!layer.route) return isRouter(layer.handle) ? routesOf(layer.handle) : []
    const { path, stack } = layer.route
    return [...new Set(stack.map(({ method }) => method))].flatMap((method) =>
      method ? [`${method.toUpperCase()} ${path}`] : [],
    )
  })
}

const declared = allEndpoints.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`)

test('AZ-1: every declared endpoint is mounted', () => {
  const mounted = new Set(routesOf(createApp(app.ctx).router))
  expect(declared.filter((route) => !mounted.has(route))).toEqual([])
})

test('AZ-1: nothing is mounted that is not declared, but webhooks and what is public by nature', () => {
  const others = routesOf(createApp(app.ctx).router).filter((route) => !declared.includes(route))
  const isPublic =
    /^(POST \/webhooks\/|GET \/(health\/(live|ready)|metrics|docs(\/[\w.-]+)?|openapi\.json|\.well-known\/jwks\.json)$)/
  expect(others.filter((route) => !isPublic.test(route))).toEqual([])
})

test('AZ-1: whoever must be known is refused unknown', async () => {
  for (const endpoint of [...staffEndpoints, ...customerEndpoints]) {
    const { status, code } = await ask(endpoint, { headers: { origin: adminOrigin } })
    expect([endpoint.id, status, code]).toEqual([endpoint.id, 401, 'auth/required'])
  }
})

test('AZ-1: mounting an endpoint that declares nothing throws', () => {
  const api = {
    router: Router(),
    ctx: app.ctx,
    authenticator: { authenticate: async () => undefined, recordDenial: async () => undefined },
  }
  const endpoint: Endpoint = JSON.parse(JSON.stringify({ ...listSessions, auth: undefined, response: undefined }))
  expect(() => mount(api, endpoint, async () => undefined)).toThrow('listSessions: says not who may call it')
})

test('AZ-4: a customer’s token opens nothing of the back office, as bearer or in its cookie', async () => {
  const { tokens } = await app.given.customer()
  const credentials: Record<string, string>[] = [
    { authorization: `Bearer ${tokens.accessToken}` },
    { cookie: `dhow_staff=${tokens.accessToken}; dhow_staff_refresh=${tokens.refreshToken}` },
  ]
  for (const endpoint of staffEndpoints)
    for (const headers of credentials)
      expect(await ask(endpoint, { headers: { origin: adminOrigin, ...headers } })).toMatchObject({ status: 401 })
})

test('AZ-4: a staff member’s token opens nothing of a customer’s, as bearer or in a cookie', async () => {
  const staff = await app.given.staff()
  for (const endpoint of customerEndpoints)
    for (const headers of [{ authorization: `Bearer ${staff.accessToken}` }, staff.headers])
      expect(await ask(endpoint, { headers })).toMatchObject({ status: 401, code: 'auth/required' })
})

test('AZ-4: staff tokens are read from their cookie only', async () => {
  const staff = await app.given.staff()
  const headers = { authorization: `Bearer ${staff.accessToken}`, origin: adminOrigin }
  expect(await ask(staffRead(), { headers })).toMatchObject({ status: 401 })
})

function staffRead(): Endpoint {
  const endpoint = allEndpoints.find(({ id }) => id === 'listStaff')
  if (!endpoint) throw new Error('there is no such endpoint')
  return endpoint
}

test('AZ-4: another method opens no other door: not by the request line, not by a header', async () => {
  const customer = await app.given.customer()
  const other = await customer.signIn()
  const authorization = `Bearer ${customer.tokens.accessToken}`
  const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override']
  const headers = { authorization, ...Object.fromEntries(overrides.map((name) => [name, 'DELETE'])) }
  expect((await ask(listSessions, { headers })).status).toBe(200)
  expect((await ask(listSessions, { headers: { authorization: `Bearer ${other.accessToken}` } })).status).toBe(200)
  for (const method of ['PUT', 'PATCH', 'POST'])
    expect(await ask(listSessions, { method, headers })).toMatchObject({ status: 405 })
  const bare = { origin: adminOrigin }
  expect((await ask(staffRead(), { method: 'HEAD', headers: bare })).status).toBe(401)
  expect((await ask(listSessions, { method: 'HEAD' })).status).toBe(401)
})

test('AZ-4: an address in a header is not where a request goes', async () => {
  const staff = await app.given.staff()
  const elsewhere = { 'x-original-url': '/api/v1/admin/staff', 'x-rewrite-url': '/api/v1/admin/staff' }
  const answer = await rawRequest(`${app.baseUrl}/api/v1/nowhere`, { headers: { ...staff.headers, ...elsewhere } })
  expect(answer).toMatchObject({ status: 404, code: 'request/not-found' })
})

test('AZ-4: a staff member without the permission is refused, and the audit log has it', async () => {
  const staff = await app.given.staff({ permissions: ['orders.read'] })
  expect(await ask(staffRead(), { headers: staff.headers })).toMatchObject({ status: 403, code: 'auth/forbidden' })
  const rows = await app.db.selectFrom('auditEvents').selectAll().where('actorId', '=', staff.accountId).execute()
  expect(rows.filter((row) => row.action === 'auth.denied')).toMatchObject([
    { objectId: 'listStaff', reason: 'auth/forbidden', result: 'refused', sessionId: staff.sessionId },
  ])
})

const body = '{"email":"new@dhow.example","name":"New","roleIds":[]}'
const json = { 'content-type': 'application/json' }

/** What a page of another site could make a signed-in browser send, or a broken client. Undefined takes a header away. */
const crossSite: Record<string, { headers: Record<string, string | undefined>; body?: string }> = {
  'a form of another site': {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://evil.example',
      'x-csrf-token': undefined,
    },
    body: 'email=new%40dhow.example',
  },
  'JSON as text/plain from another site': { headers: { 'content-type': 'text/plain', origin: 'https://evil.example' } },
  'no Origin': { headers: { origin: undefined } },
  'a null Origin': { headers: { origin: 'null' } },
  'the Origin of a sibling': { headers: { origin: `${adminOrigin}.evil.example` } },
  'the website’s Origin': { headers: { origin: new URL(app.ctx.config.WEBSITE_URL).origin } },
  'our Origin, but the browser says cross-site': { headers: { 'sec-fetch-site': 'cross-site' } },
  'our Origin, but the browser says same-site': { headers: { 'sec-fetch-site': 'same-site' } },
  'no CSRF token': { headers: { 'x-csrf-token': undefined } },
  'an empty CSRF token': { headers: { 'x-csrf-token': '' } },
  'the CSRF token of another session': { headers: { 'x-csrf-token': app.ctx.sealer.deriveToken('csrf', newId()) } },
}

const present = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

const invite = (headers: Record<string, string | undefined>, text = body) =>
  rawRequest(`${app.baseUrl}/api/v1/admin/staff`, {
    method: 'POST',
    headers: present({ ...json, ...headers }),
    body: text,
  })

test.each(Object.entries(crossSite))(
  'CF-1: a staff member’s browser that sends %s changes nothing',
  async (_what, attack) => {
    const staff = await app.given.staff()
    const answer = await invite({ ...staff.headers, ...attack.headers }, attack.body)
    expect([answer.status, answer.code]).toEqual([403, 'auth/cross-site'])
  },
)

test('CF-1: text/plain is refused from our own pages, too', async () => {
  const staff = await app.given.staff()
  expect(await invite({ ...staff.headers, 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
})

test('CF-1: our own pages get through', async () => {
  const staff = await app.given.staff()
  const answer = await invite({ ...staff.headers, 'sec-fetch-site': 'same-origin' })
  expect([401, 403, 415]).not.toContain(answer.status)
})

test('CF-1: nothing is signed out or refreshed for another site’s page', async () => {
  for (const path of ['logout', 'refresh'])
    for (const origin of ['https://evil.example', 'null', undefined]) {
      const headers = present({ origin, cookie: `dhow_staff_refresh=${'A'.repeat(43)}` })
      const answer = await rawRequest(`${app.baseUrl}/api/v1/admin/auth/${path}`, { method: 'POST', headers })
      expect([answer.status, answer.code, answer.headers.get('set-cookie')]).toEqual([403, 'auth/cross-site', null])
    }
})

test('SE-4: session fixation: an attacker’s CSRF token and cookies are not the victim’s session', async () => {
  const [victim, attacker] = [await app.given.staff(), await app.given.staff()]
  const planted = { ...victim.headers, 'x-csrf-token': attacker.headers['x-csrf-token'] }
  expect(await invite(planted)).toMatchObject({ status: 403, code: 'auth/cross-site' })
  const fixed = { cookie: `dhow_staff_refresh=${'F'.repeat(43)}`, origin: adminOrigin }
  const answer = await rawRequest(`${app.baseUrl}/api/v1/admin/auth/refresh`, { method: 'POST', headers: fixed })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
})

test('ST-5: with an allow-list the back office answers only from there, its sign-in included', async () => {
  const office = await startTestApp({
    env: { STAFF_IP_ALLOWLIST: '203.0.113.0/24, 2001:db8::/32', TRUST_PROXY: 'loopback' },
  })
  const staff = await office.given.staff()
  const from = async (ip: string, path: string, method = 'GET') => {
    const headers = { ...staff.headers, 'x-forwarded-for': ip }
    return (await rawRequest(`${office.baseUrl}/api/v1/admin${path}`, { method, headers })).status
  }
  expect([await from('203.0.113.9', '/staff'), await from('198.51.100.1', '/staff')]).toEqual([200, 403])
  expect([await from('2001:db8::9', '/staff'), await from('2001:db9::1', '/staff')]).toEqual([200, 403])
  expect(await from('198.51.100.1', '/auth/logout', 'POST')).toBe(403)
  expect(await from('203.0.113.9', '/auth/logout', 'POST')).toBe(204)
})

test('ST-5: a wrong entry of the allow-list stops the process, and is named', () => {
  expect(() => readConfig({ ...app.env, STAFF_IP_ALLOWLIST: '203.0.113.0/24,office' })).toThrow(
    /STAFF_IP_ALLOWLIST .*: office/,
  )
})
