import { afterAll, beforeEach, expect, test } from 'vitest'
import { startSandbox } from '../../../../../sandbox/src/app.ts'
import { unitConfig } from '../../../../test/unit-config.ts'
import { request } from './client.ts'
import { deleteTamaraWebhook, listTamaraWebhooks, registerTamaraWebhook } from './register-webhook.ts'
import { tamaraEvents } from './webhook.ts'
import { Anything } from './wire.ts'

const sandbox = await startSandbox()
afterAll(sandbox.close)
beforeEach(() => sandbox.control.reset())
const config = unitConfig({ TAMARA_API_BASE: sandbox.url, TAMARA_API_TOKEN: sandbox.config.tamara.apiToken })
const url = 'https://api.shop.example/webhooks/tamara'

test('registers all order events once, however often it is asked', async () => {
  const made = await registerTamaraWebhook(config, url)
  expect(made).toMatchObject({ url, change: 'created' })
  expect(await registerTamaraWebhook(config, url)).toEqual({ ...made, change: 'none' })
  expect(await listTamaraWebhooks(config)).toEqual([{ id: made.id, url, events: tamaraEvents }])
})

test('brings one with too few events up to date', async () => {
  const body = { type: 'order', url, events: ['order_approved'] }
  await request(config, { method: 'POST', path: '/webhooks', body, answer: Anything })
  expect((await registerTamaraWebhook(config, url)).change).toBe('updated')
  expect(await listTamaraWebhooks(config)).toMatchObject([{ url, events: tamaraEvents }])
})

test('removes one, and only that', async () => {
  const kept = await registerTamaraWebhook(config, url)
  const gone = await registerTamaraWebhook(config, 'https://old.example/webhooks/tamara')
  await deleteTamaraWebhook(config, gone.id)
  expect(await listTamaraWebhooks(config)).toMatchObject([{ id: kept.id }])
})

test('fails plainly for an address Tamara would not call, and with a wrong token', async () => {
  await expect(registerTamaraWebhook(config, 'http://api.shop.example/webhooks/tamara')).rejects.toThrow('400')
  await expect(registerTamaraWebhook({ ...config, TAMARA_API_TOKEN: 'wrong' }, url)).rejects.toThrow('401')
})
