import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { noCookies } from './cookies.ts'
import { chooseEncoding, createPageCache } from './page-cache.ts'
import type { SharedPolicy } from './page-cache.ts'

const policy: SharedPolicy = { kind: 'shared', seconds: 30, staleSeconds: 300, allows: () => false }

function cacheWithClock() {
  let nowMs = 0
  let renders = 0
  const cache = createPageCache(() => nowMs)
  const render = async () => ({ html: `<p>${(renders += 1)}</p>`.repeat(100), headers: { 'cache-control': 'public' } })
  return {
    cache,
    render,
    renders: () => renders,
    pass: (seconds: number) => (nowMs += seconds * 1000),
    read: async () => (await cache.get('/en', policy, render))?.bodies.identity.toString().slice(0, 8),
  }
}

test('many who ask at once are answered by one rendering', async () => {
  const { read, renders } = cacheWithClock()
  const answers = await Promise.all(Array.from({ length: 20 }, read))
  expect(new Set(answers)).toEqual(new Set(['<p>1</p>']))
  expect(renders()).toBe(1)
})

test('a stale page is shown while the new one is made, a very old one is not', async () => {
  const { read, pass } = cacheWithClock()
  await read()
  pass(31)
  expect(await read()).toBe('<p>1</p>')
  await expect.poll(read).toBe('<p>2</p>')
  pass(400)
  expect(await read()).toBe('<p>3</p>')
})

test('every encoding holds the same page under one ETag', async () => {
  const { cache, render } = cacheWithClock()
  const page = await cache.get('/en', policy, render)
  const { br, gzip, identity } = page?.bodies ?? {}
  expect(brotliDecompressSync(br ?? '')).toEqual(identity)
  expect(gunzipSync(gzip ?? '')).toEqual(identity)
  expect(page?.headers.br).toMatchObject({ 'content-encoding': 'br', etag: page?.etag, 'cache-control': 'public' })
})

test('what is no plain page is not kept', async () => {
  const { cache, render, renders } = cacheWithClock()
  expect(await cache.get('/en', policy, async () => null)).toBeNull()
  await cache.get('/en', policy, render)
  expect(renders()).toBe(1)
})

test.for([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['identity', 'identity'],
  [undefined, 'identity'],
] as const)('Accept-Encoding %s is answered with %s', ([header, encoding]) => {
  expect(chooseEncoding(header)).toBe(encoding)
})

test('a page of shared cache cannot look at cookies', () => {
  expect(() => noCookies.get('dhow_cart')).toThrow('shared cache')
  expect(() => noCookies.set('a', 'b')).toThrow('shared cache')
})
