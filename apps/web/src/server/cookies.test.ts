import express from 'express'
import type { Cookies } from '../framework/page.ts'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from './config.ts'
import { cookiesOf } from './cookies.ts'

/** What `use` makes of the cookies of one real request, and what the answer sets. */
async function withCookies(header: string, use: (cookies: Cookies) => unknown, websiteUrl = 'https://shop.example') {
  const config = readConfig({ WEBSITE_URL: websiteUrl })
  const app = express().get('/', (req, res) => void res.json({ read: use(cookiesOf(config, req, res)) ?? null }))
  const server = app.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  const answer = await fetch(`http://127.0.0.1:${address.port}/`, { headers: { cookie: header } })
  return { body: await answer.json(), set: answer.headers.getSetCookie() }
}

test('what a request sets it reads back, though its browser has not sent it yet', async () => {
  const { body } = await withCookies('', (cookies) => {
    cookies.set('dhow_order_DH-7K3M-Q2XP', 'token')
    return cookies.get('dhow_order_DH-7K3M-Q2XP')
  })
  expect(body).toEqual({ read: 'token' })
})

test('what a request clears it does not read any more', async () => {
  const { body, set } = await withCookies('__Host-dhow_access=abc; other=1', (cookies) => {
    const before = cookies.get('dhow_access')
    cookies.clear('dhow_access')
    return [before, cookies.get('dhow_access') ?? null]
  })
  expect(body).toEqual({ read: ['abc', null] })
  expect(set).toEqual(['__Host-dhow_access=; Path=/; SameSite=Lax; Secure; Max-Age=0'])
})

test('CK-1: cookies are __Host-, Secure and HttpOnly over https, and a value that could be read as more is refused', async () => {
  const { set } = await withCookies('', (cookies) => cookies.set('dhow_cart', 'abc', { maxAgeSeconds: 60 }))
  expect(set).toEqual(['__Host-dhow_cart=abc; Path=/; SameSite=Lax; Secure; Max-Age=60; HttpOnly'])
  const { body } = await withCookies('', (cookies) => {
    try {
      cookies.set('dhow_cart', 'a; Domain=evil.example')
    } catch (error) {
      return String(error)
    }
  })
  expect(body).toEqual({ read: 'Error: cookie dhow_cart: a value like this cannot be set' })
})
