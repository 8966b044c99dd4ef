import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:https'
import type { RequestListener } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { download } from './download.ts'
import { localhostCertificate } from './localhost-certificate.fixture.ts'

const servers: Server[] = []
afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))))

let connections = 0
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer({ ...localhostCertificate, keepAlive: false }, listener)
  servers.push(server)
  server.on('connection', () => (connections += 1))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

const local = { isAllowed: (address: string) => address === '127.0.0.1', ca: localhostCertificate.cert }
const megabyte = Buffer.alloc(1024 * 1024)

const port = await serve((request, response) => {
  const routes: Record<string, () => void> = {
    '/picture': () => response.end('pixels'),
    '/moved': () => response.writeHead(302, { Location: '/picture' }).end(),
    '/round': () => response.writeHead(302, { Location: '/round' }).end(),
    '/inwards': () => response.writeHead(302, { Location: `https://[::1]:${port}/picture` }).end(),
    '/plain': () => response.writeHead(302, { Location: 'http://localhost/picture' }).end(),
    '/busy': () => response.writeHead(503).end(),
    '/slow': () => response.write('p'),
    '/declared': () => response.writeHead(200, { 'Content-Length': String(11 * megabyte.length) }).end(),
    '/endless': () => {
      response.on('error', () => undefined)
      const more = (): void => {
        if (!response.destroyed) response.write(megabyte, more)
      }
      more()
    },
  }
  const route = routes[request.url ?? '']
  if (route) route()
  else response.writeHead(404).end()
})
const at = (path: string) => download(`https://localhost:${port}${path}`, local)

test('a picture is fetched, also after a redirect', async () => {
  expect(await at('/picture')).toEqual({ kind: 'done', bytes: Buffer.from('pixels') })
  expect(await at('/moved')).toEqual({ kind: 'done', bytes: Buffer.from('pixels') })
})

test('what is not there or too large will never come; a busy or slow server may be asked again', async () => {
  expect(await at('/nothing')).toEqual({ kind: 'refused', reason: 'answered 404' })
  expect(await at('/declared')).toEqual({ kind: 'refused', reason: 'larger than 10 MB' })
  expect(await at('/endless')).toEqual({ kind: 'refused', reason: 'larger than 10 MB' })
  expect(await at('/busy')).toEqual({ kind: 'failed', reason: 'answered 503' })
  expect(await download(`https://localhost:${port}/slow`, { ...local, timeoutMs: 300 })).toMatchObject({
    kind: 'failed',
  })
})

test('redirects are checked like the first address', async () => {
  expect(await at('/round')).toEqual({ kind: 'refused', reason: 'redirected too often' })
  expect(await at('/inwards')).toEqual({ kind: 'refused', reason: 'the address is not on the public internet' })
  expect(await at('/plain')).toEqual({ kind: 'refused', reason: 'not an https address' })
})

test.each([
  'https://127.0.0.1/a.jpg',
  'https://127.1/a.jpg',
  'https://0x7f000001/a.jpg',
  'https://2130706433/a.jpg',
  'https://[::1]/a.jpg',
  'https://[::ffff:127.0.0.1]/a.jpg',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/a.jpg',
  'https://allowed.example@127.0.0.1/a.jpg',
  'http://example.com/a.jpg',
  'gopher://127.0.0.1/',
  'file:///etc/passwd',
  'nonsense',
])('%s is refused without a connection', async (url) => {
  const before = connections
  expect(await download(url)).toMatchObject({ kind: 'refused' })
  expect(connections).toBe(before)
})

test('another port of our own machine is not reached either', async () => {
  let asked = 0
  const canary = createHttpServer(() => (asked += 1))
  servers.push(canary)
  await new Promise<void>((done) => canary.listen(0, '127.0.0.1', done))
  const { port: canaryPort } = canary.address() as AddressInfo
  expect(await download(`https://localhost:${canaryPort}/`)).toMatchObject({ kind: 'refused' })
  expect(asked).toBe(0)
})
