import type { Config } from '../../config.ts'
import type { ProviderName } from './port.ts'
import {
  deleteStripeWebhook,
  listStripeWebhooks,
  registerPayDomain,
  registerStripeWebhook,
} from './stripe/register-webhook.ts'
import { deleteTabbyWebhook, listTabbyWebhooks, registerTabbyWebhook } from './tabby/register-webhook.ts'
import { deleteTamaraWebhook, listTamaraWebhooks, registerTamaraWebhook } from './tamara/register-webhook.ts'

/** How one provider is told where its webhooks go. What it answers with is for a person to read. */
export interface Registrar {
  provider: ProviderName
  register: (url: string) => Promise<{ id: string; change: 'created' | 'updated' | 'none'; advice: string[] }>
  /** Null where the provider has no list. */
  list: () => Promise<{ id: string; url: string; note: string }[] | null>
  remove: (id: string) => Promise<void>
}

function stripeRegistrar(config: Config): Registrar {
  return {
    provider: 'stripe',
    async register(url) {
      const { id, change, secret, outdated } = await registerStripeWebhook(config, url)
      const secrets = [secret, ...config.STRIPE_WEBHOOK_SECRETS.filter((known) => known.startsWith('whsec_'))]
      const advice = outdated.map(
        (old) => `${old} is of another API version: once the new secret is in use, --remove stripe:${old}`,
      )
      // The only time Stripe tells it. The old ones stay good until their endpoint is gone.
      if (secret) advice.unshift(`STRIPE_WEBHOOK_SECRETS=${secrets.join(',')}`)
      return { id, change, advice }
    },
    async list() {
      const webhooks = await listStripeWebhooks(config)
      return webhooks.map(({ id, url, apiVersion, events, isEnabled }) => ({
        id,
        url,
        note: `${events.length} events, ${apiVersion ?? 'the account’s version'}${isEnabled ? '' : ', disabled'}`,
      }))
    },
    async remove(id) {
      if (!(await deleteStripeWebhook(config, id))) throw new Error(`Stripe knows no endpoint ${id}`)
    },
  }
}

function tabbyRegistrar(config: Config): Registrar {
  return {
    provider: 'tabby',
    async register(url) {
      const { id, change } = await registerTabbyWebhook(config, url)
      const advice =
        change === 'none'
          ? []
          : [`proved by the header ${config.TABBY_WEBHOOK_HEADER}: the first of TABBY_WEBHOOK_SECRETS`]
      return { id, change, advice }
    },
    list: async () => (await listTabbyWebhooks(config)).map(({ id, url }) => ({ id, url, note: '' })),
    remove: (id) => deleteTabbyWebhook(config, id),
  }
}

function tamaraRegistrar(config: Config): Registrar {
  return {
    provider: 'tamara',
    async register(url) {
      const { id, change } = await registerTamaraWebhook(config, url)
      const isReady = config.TAMARA_NOTIFICATION_TOKENS.length > 0
      const advice = isReady ? [] : ['TAMARA_NOTIFICATION_TOKENS= the notification token of Tamara’s partner portal']
      return { id, change, advice }
    },
    async list() {
      const webhooks = await listTamaraWebhooks(config)
      return webhooks?.map(({ id, url, events }) => ({ id, url, note: `${events.length} events` })) ?? null
    },
    remove: (id) => deleteTamaraWebhook(config, id),
  }
}

/** Of the providers this shop has keys for. */
export const registrarsOf = (config: Config): Registrar[] => [
  stripeRegistrar(config),
  ...(config.TABBY_SECRET_KEY === '' ? [] : [tabbyRegistrar(config)]),
  ...(config.TAMARA_API_TOKEN === '' ? [] : [tamaraRegistrar(config)]),
]

/** Has the wallets know the website's domain. Undefined where it has none, as on a developer's machine. */
export async function registerWallets(config: Config): Promise<string | undefined> {
  const { hostname } = new URL(config.WEBSITE_URL)
  if (!hostname.includes('.') || /^[\d.]+$/.test(hostname)) return undefined
  const { applePay, googlePay } = await registerPayDomain(config, hostname)
  return `${hostname}: Apple Pay ${applePay}, Google Pay ${googlePay}`
}
