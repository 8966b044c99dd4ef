import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startWebsite } from '../../test/website.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'dhow-apple-'))
afterAll(() => rmSync(folder, { recursive: true }))

const address = '/.well-known/apple-developer-merchantid-domain-association'

async function ask(env: Record<string, string>): Promise<Response> {
  const website = await startWebsite('http://127.0.0.1:9', env)
  try {
    const answer = await fetch(website.url + address, { redirect: 'manual' })
    return new Response(await answer.text(), answer)
  } finally {
    website.server.close().closeAllConnections()
  }
}

test('Apple finds the file it asks for, byte by byte, without a cookie or a detour', async () => {
  const file = path.join(folder, 'association')
  writeFileSync(file, '7B227073704964223A2246\n')
  const answer = await ask({ APPLE_PAY_DOMAIN_FILE: file })
  expect([answer.status, await answer.text()]).toEqual([200, '7B227073704964223A2246\n'])
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
  expect(answer.headers.get('set-cookie')).toBeNull()
})

test('a shop without Apple Pay has nothing there', async () => {
  expect((await ask({})).status).toBe(404)
})

test('a file that is named but missing keeps the website from starting', async () => {
  await expect(ask({ APPLE_PAY_DOMAIN_FILE: path.join(folder, 'nothing') })).rejects.toThrow('ENOENT')
})
