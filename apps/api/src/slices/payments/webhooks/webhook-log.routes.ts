import * as contract from '@dhow/contracts/webhook-log.ts'
import { mount } from '../../../platform/http/mount.ts'
import type { Api } from '../../../platform/http/mount.ts'
import { openPayload, readWebhook, redeliver, searchWebhooks } from './webhook-log.ts'

/** What staff see and do about webhooks. */
export function mountWebhookLog(api: Api): void {
  const { ctx } = api
  mount(api, contract.listWebhooks, ({ query }) => searchWebhooks(ctx, query))
  mount(api, contract.getWebhook, ({ params }) => readWebhook(ctx.db, params))
  mount(api, contract.readWebhookPayload, ({ params, actor, client }) => openPayload(ctx, params, { actor, client }))
  mount(api, contract.redeliverWebhook, ({ params, actor, client }) => redeliver(ctx, params, { actor, client }))
}
