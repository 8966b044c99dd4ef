import { afterAll, beforeEach, expect, test } from 'vitest'
import { startTabbyApart } from '../../../../test/tabby.ts'
import { deleteTabbyWebhook, listTabbyWebhooks, registerTabbyWebhook } from './register-webhook.ts'

const { sandbox, config } = await startTabbyApart()
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const url = 'https://api.shop.example/webhooks/tabby'

test('an address is registered once, and found again', async () => {
  const made = await registerTabbyWebhook(config, url)
  expect(made).toMatchObject({ url, change: 'created' })
  expect(await registerTabbyWebhook(config, url)).toEqual({ ...made, change: 'none' })
  const header = { title: config.TABBY_WEBHOOK_HEADER, value: sandbox.config.tabby.webhookSecret }
  expect(await listTabbyWebhooks(config)).toMatchObject([{ id: made.id, url, header }])
  await deleteTabbyWebhook(config, made.id)
  expect(await listTabbyWebhooks(config)).toEqual([])
})

test('a rolled secret replaces the one that was registered', async () => {
  const made = await registerTabbyWebhook(config, url)
  const rolled = { ...config, TABBY_WEBHOOK_SECRETS: ['brand-new', ...config.TABBY_WEBHOOK_SECRETS] }
  expect(await registerTabbyWebhook(rolled, url)).toEqual({ id: made.id, url, change: 'updated' })
  expect(await listTabbyWebhooks(config)).toMatchObject([{ header: { value: 'brand-new' } }])
})

test('nothing is registered without a secret that would prove it', async () => {
  await expect(registerTabbyWebhook({ ...config, TABBY_WEBHOOK_SECRETS: [] }, url)).rejects.toThrow('empty')
  expect(await listTabbyWebhooks(config)).toEqual([])
})

test('a fifth address is refused, as at Tabby', async () => {
  for (const number of [1, 2, 3, 4]) await registerTabbyWebhook(config, `${url}/${number}`)
  await expect(registerTabbyWebhook(config, url)).rejects.toThrow('bad_data')
})

test('of another merchant code is refused', async () => {
  await expect(listTabbyWebhooks({ ...config, TABBY_MERCHANT_CODE: 'SA' })).rejects.toThrow('not_authorized')
})
