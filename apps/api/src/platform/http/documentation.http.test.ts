import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { startTestApp } from '../../../test/app.ts'

const app = await startTestApp()

const get = (path: string) => fetch(`${app.baseUrl}${path}`)

test('the API serves the committed document', async () => {
  const committed = readFileSync(new URL('../../../../../packages/contracts/openapi.json', import.meta.url), 'utf8')
  const response = await get('/api/v1/openapi.json')
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(await response.text()).toBe(committed)
})

test('the viewer and all it loads come from our own host, and its policy lets nothing else in', async () => {
  const page = await get('/api/v1/docs')
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/)
  const html = await page.text()
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '')
  const files = loaded.filter((address) => address !== 'data:,')
  expect(files.length).toBeGreaterThanOrEqual(5)
  for (const file of files) {
    expect(file).toMatch(/^\/api\/v1\//)
    expect((await get(file)).status).toBe(200)
  }
  expect(html).not.toMatch(/<script>|\son\w+=/)
})

test('nothing else of the viewer’s package is served', async () => {
  for (const path of ['/api/v1/docs/package.json', '/api/v1/docs/index.html', '/api/v1/docs/..%2fpackage.json'])
    expect((await get(path)).status).toBe(404)
})

test('real answers are what the document says', async () => {
  const document = await (await get('/api/v1/openapi.json')).json()
  const $defs = JSON.parse(JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/'))
  const schema = (name: string) => z.fromJSONSchema({ $defs, $ref: `#/$defs/${name}` })
  const { variants, slugs } = await app.given.product()
  const list = await (await get('/api/v1/products')).json()
  expect(schema('ProductList').safeParse(list).error).toBeUndefined()
  const detail = await (await get(`/api/v1/products/${slugs.en}`)).json()
  expect(schema('Product').safeParse(detail).error).toBeUndefined()
  const { view } = await app.given.order({ lines: variants.map((variant) => ({ variant })) })
  expect(schema('Order').safeParse(view).error).toBeUndefined()
  const problem = await (await get('/api/v1/products/none')).json()
  expect(schema('Problem').safeParse(problem).error).toBeUndefined()
})
