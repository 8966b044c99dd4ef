import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { createAdminApp } from './app.ts'
import { readConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'dhow-admin-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Dhow</title>')
writeFileSync(join(folder, 'assets/app-1a2b.js'), 'start()')
writeFileSync(join(folder, 'assets/app-1a2b.js.br'), 'compressed')

const servers: Server[] = []
afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve).closeAllConnections())))
  rmSync(folder, { recursive: true })
})

async function listen(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

const startAdmin = (env: Record<string, string> = {}): Promise<string> => {
  const config = readConfig({ ADMIN_URL: 'https://admin.shop.example', ...env })
  return listen(createServer(createAdminApp(config, pino({ level: 'silent' }), pathToFileURL(`${folder}/`))))
}

/** An API that tells what it was asked with. */
const startApi = (): Promise<string> =>
  listen(
    createServer((req, res) => {
      let body = ''
      req.on('data', (chunk) => (body += String(chunk)))
      req.on('end', () => {
        res.writeHead(207, {
          'set-cookie': ['a=1; Path=/', 'b=2; Path=/'],
          'x-request-id': 'r-1',
          connection: 'keep-alive',
        })
        res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers, body }))
      })
    }),
  )

/** `fetch` may not set some of these headers; a proxy must not believe them from anybody. */
function send(url: string, options: { method?: string; headers?: Record<string, string>; body?: string }) {
  return new Promise<{ answer: IncomingMessage; text: string }>((resolve, reject) => {
    const sent = request(url, { method: options.method, headers: options.headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => (text += String(chunk)))
      answer.on('end', () => resolve({ answer, text }))
    })
    sent.once('error', reject)
    sent.end(options.body)
  })
}

test('every answer forbids frames, foreign and inline scripts, and markup put together of text', async () => {
  const admin = await startAdmin()
  for (const path of ['/', '/staff/1', '/assets/app-1a2b.js', '/nothing.js']) {
    const { headers } = await fetch(admin + path)
    expect(headers.get('content-security-policy'), path).toBe(
      "default-src 'none'; base-uri 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'self'; " +
        "style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'; upgrade-insecure-requests",
    )
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('referrer-policy'), path).toBe('same-origin')
    expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin')
    expect(headers.get('permissions-policy'), path).toContain('camera=()')
    expect(headers.get('strict-transport-security'), path).toContain('max-age=63072000')
    expect(headers.get('x-powered-by'), path).toBeNull()
  }
})

test('every address of the app is the same page, asked about each time; hashed files are kept for ever', async () => {
  const admin = await startAdmin()
  const page = await fetch(`${admin}/staff/01a20640-e488-7000-b127-3b26f8b9acb9?sort=-name`)
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  expect(await page.text()).toContain('<title>Dhow</title>')
  const known = await fetch(admin, { headers: { 'if-none-match': page.headers.get('etag') ?? '' } })
  expect(known.status).toBe(304)
  const script = await send(`${admin}/assets/app-1a2b.js`, { headers: { 'accept-encoding': 'br' } })
  expect(script.answer.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
    'content-encoding': 'br',
  })
  expect((await fetch(`${admin}/assets/gone.js`)).status).toBe(404)
  expect((await fetch(`${admin}/api/v2/anything`)).status).toBe(404)
  expect((await fetch(`${admin}/staff`, { method: 'POST' })).status).toBe(404)
})

test('the API is asked with the same method, address, body and cookies, and its answer comes back whole', async () => {
  const admin = await startAdmin({ API_URL: await startApi() })
  const { answer, text } = await send(`${admin}/api/v1/admin/staff?x=%20y`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'dhow_staff=t', origin: admin },
    body: '{"email":"a@b.example"}',
  })
  const asked = JSON.parse(text)
  expect(answer.statusCode).toBe(207)
  expect(answer.headers).toMatchObject({ 'set-cookie': ['a=1; Path=/', 'b=2; Path=/'], 'x-request-id': 'r-1' })
  expect(asked).toMatchObject({ method: 'POST', url: '/api/v1/admin/staff?x=%20y', body: '{"email":"a@b.example"}' })
  expect(asked.headers).toMatchObject({ cookie: 'dhow_staff=t', origin: admin, 'x-forwarded-for': '127.0.0.1' })
})

const lies = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-host': 'evil.example',
  'x-real-ip': '203.0.113.9',
  forwarded: 'for=203.0.113.9',
  'cf-ipcountry': 'AE',
  'cf-connecting-ip': '203.0.113.9',
  te: 'trailers',
  connection: 'x-private',
  'x-private': 'of this hop',
}

test('nobody can say where they come from, and headers of one hop stay on it', async () => {
  const admin = await startAdmin({ API_URL: await startApi() })
  const { text } = await send(`${admin}/api/v1/admin/me`, { headers: lies })
  const { headers } = JSON.parse(text)
  for (const name of [
    'x-forwarded-host',
    'x-real-ip',
    'forwarded',
    'cf-ipcountry',
    'cf-connecting-ip',
    'te',
    'x-private',
  ])
    expect(headers[name], name).toBeUndefined()
  expect(headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' })
})

test('behind a proxy of ours its word is passed on, and ours added to it', async () => {
  const admin = await startAdmin({ API_URL: await startApi(), TRUST_PROXY: '1', GEO_HEADERS: 'cloudflare' })
  const { text } = await send(`${admin}/api/v1/admin/me`, { headers: lies })
  expect(JSON.parse(text).headers).toMatchObject({ 'x-forwarded-for': '203.0.113.9, 127.0.0.1', 'cf-ipcountry': 'AE' })
})

test('an API that is away is told in its own words', async () => {
  const admin = await startAdmin({ API_URL: 'http://127.0.0.1:1' })
  const response = await fetch(`${admin}/api/v1/admin/me`)
  expect([response.status, response.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
  expect(await response.json()).toMatchObject({ code: 'service/unavailable' })
  expect((await fetch(`${admin}/health/ready`)).status).toBe(200)
})

test('a large answer is passed on while it comes', async () => {
  const half = 'x'.repeat(100_000)
  let finish: () => void = () => {}
  const api = await listen(
    createServer((_req, res) => {
      res.write(half)
      finish = () => res.end('end')
    }),
  )
  const admin = await startAdmin({ API_URL: api })
  const response = await fetch(`${admin}/api/v1/admin/audit-events`)
  const reader = response.body?.getReader()
  const first = await reader?.read()
  expect(first?.value?.length).toBeGreaterThan(0) // before the API has finished
  finish()
  let rest = first?.value?.length ?? 0
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) rest += part.value.length
  expect(rest).toBe(half.length + 3)
})

test('a wrong variable is named in one line', () => {
  expect(() => readConfig({ ADMIN_PORT: 'http' })).toThrow(/^configuration: ADMIN_PORT: /)
})
