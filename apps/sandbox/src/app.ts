import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { configFromEnv, type SandboxConfig, type StripeConfig } from './config.ts'
import { createCalls, createControl, type SandboxControl } from './control/control.ts'
import { controlRoutes } from './control/control.routes.ts'
import { openStateFile, type StateFile } from './control/state-file.ts'
import type { Twin } from './control/twin.ts'
import { elementsRoutes } from './elements/elements.routes.ts'
import { homePage } from './home.page.ts'
import { createSandboxClock } from './platform/clock.ts'
import { createFaults } from './platform/faults.ts'
import { sendPage } from './platform/page.ts'
import { createInbox } from './sendgrid/inbox.ts'
import { inboxRoutes } from './sendgrid/inbox.routes.ts'
import { sendgridRoutes } from './sendgrid/sendgrid.routes.ts'
import { createStripeState, type StripeContext } from './stripe/context.ts'
import { doLater, type LaterWork } from './stripe/later.ts'
import { stripeRoutes } from './stripe/stripe.routes.ts'
import { stripeTwin } from './stripe/twin.ts'
import { outgoingFor } from './stripe/outgoing.ts'
import { tabbyCheckoutRoutes } from './tabby/checkout.routes.ts'
import { createTabby } from './tabby/context.ts'
import { tabbyRoutes } from './tabby/tabby.routes.ts'
import { tabbyTwin } from './tabby/twin.ts'
import { tamaraHostedRoutes } from './tamara/hosted.routes.ts'
import { lapseAll } from './tamara/orders.ts'
import { createTamaraState, type TamaraContext } from './tamara/state.ts'
import { tamaraRoutes } from './tamara/tamara.routes.ts'
import { tamaraTwin } from './tamara/twin.ts'
import { createLate } from './webhooks/late.ts'
import { createWebhooks, type WebhookOptions } from './webhooks/webhooks.ts'
import { createCallbacks } from './twilio/callbacks.ts'
import { textRoutes } from './twilio/sms-inbox.ts'
import { createTwilioState } from './twilio/state.ts'
import { twilioRoutes } from './twilio/twilio.routes.ts'

export type SandboxOptions = {
  stripe?: Partial<StripeConfig>
  sendgrid?: Partial<SandboxConfig['sendgrid']>
  twilio?: Partial<SandboxConfig['twilio']>
  tabby?: Partial<SandboxConfig['tabby']>
  tamara?: Partial<SandboxConfig['tamara']>
  websiteOrigins?: readonly string[]
  publicUrl?: string | undefined
  stateFile?: string | undefined
  /** Five attempts by default; tests shorten the gaps. */
  webhookRetryDelaysMs?: readonly number[]
  webhookTimeoutMs?: number
  /** Milliseconds since 1970; the wall clock unless a test moves time. */
  now?: () => number
  /** The clock webhooks are signed by, where their receiver's stands elsewhere; the sandbox's own by default. */
  signingNow?: () => number
}

export type Sandbox = {
  app: Express
  control: SandboxControl
  config: SandboxConfig
  /** Tells the sandbox where it can be reached; `startSandbox` does so after listening. */
  setPublicUrl: (url: string) => void
  close: () => void
}

export type RunningSandbox = Omit<Sandbox, 'close'> & { url: string; port: number; close: () => Promise<void> }

const RETRY_DELAYS_MS = [500, 2_000, 8_000, 30_000]
const WEBHOOK_TIMEOUT_MS = 10_000
/** Longer than the clients' idle connections live, so that none is cut while a request is on its way. */
const KEEP_ALIVE_MS = 75_000

/** Builds the whole sandbox, with its state in memory (payments also in a file, if one is named); nothing listens yet. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const config = configOf(options)
  const clock = createSandboxClock(options.now)
  const { nowMs } = clock
  let publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`
  const webhookOptions: WebhookOptions = {
    retryDelaysMs: options.webhookRetryDelaysMs ?? RETRY_DELAYS_MS,
    timeoutMs: options.webhookTimeoutMs ?? WEBHOOK_TIMEOUT_MS,
  }
  const base = {
    config: config.stripe,
    state: createStripeState(),
    now: () => Math.floor(nowMs() / 1000),
    publicUrl: () => publicUrl,
  }
  const webhooks = createWebhooks({ nowMs }, webhookOptions)
  const later = createLate<LaterWork>(nowMs, (work) => doLater(ctx, work))
  const ctx: StripeContext = { ...base, later, deliver: (event) => outgoingFor(base, event).forEach(webhooks.dispatch) }
  const faults = createFaults()
  const inbox = createInbox()
  const calls = createCalls()
  const twilio = { config: config.twilio, state: createTwilioState(), nowMs, publicUrl: () => publicUrl }
  const callbacks = createCallbacks(twilio)
  const tabby = createTabby({ config: config.tabby, webhooks, nowMs, publicUrl: () => publicUrl })
  const tamara: TamaraContext = {
    config: config.tamara,
    state: createTamaraState(),
    nowMs,
    signingNowMs: options.signingNow ?? nowMs,
    publicUrl: () => publicUrl,
    dispatch: webhooks.dispatch,
  }
  clock.onAdvance(() => lapseAll(tamara))
  clock.onAdvance(later.tick)
  // Every provider of payments: what control lists and acts on, and the state file keeps.
  const twins: readonly Twin[] = [stripeTwin(ctx), tabbyTwin(tabby), tamaraTwin(tamara)]
  const stateFile = config.stateFile ? openStateFile(config.stateFile, twins) : undefined
  const deps = {
    ctx,
    tabby,
    tamara,
    twins,
    config,
    clock,
    webhooks,
    faults,
    inbox,
    calls,
    twilio: twilio.state,
    callbacks,
  }
  const control = createControl(deps)

  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  if (stateFile) app.use(touchOnChange(stateFile))
  app.use('/v1', stripeRoutes({ ctx, webhooks, faults, count: calls.count }))
  app.use(elementsRoutes({ ctx, websiteOrigins: config.websiteOrigins }))
  app.use('/v3', sendgridRoutes({ apiKey: config.sendgrid.apiKey, inbox, faults, count: calls.count, nowMs }))
  app.use('/tabby', tabbyCheckoutRoutes(tabby))
  app.use('/api', tabbyRoutes({ ctx: tabby, faults, count: calls.count }))
  app.use(tamaraRoutes({ ctx: tamara, faults, count: calls.count }))
  app.use(tamaraHostedRoutes(tamara))
  app.use(twilioRoutes({ ctx: { ...twilio, announce: callbacks.announce }, faults, count: calls.count }))
  app.use(textRoutes(twilio.state))
  app.use(inboxRoutes(inbox, twilio.state))
  app.use('/control', controlRoutes(control))
  app.get('/', (_req, res) => sendPage(res, homePage(config)))
  app.get('/healthz', (_req, res) => void res.json({ ok: true }))
  app.use((_req, res) => void res.status(404).json({ error: 'The sandbox has nothing here' }))
  app.use(answerError)

  return {
    app,
    control,
    config,
    setPublicUrl(url) {
      publicUrl = url
    },
    close() {
      webhooks.close()
      callbacks.close()
      later.clear()
      stateFile?.close()
    },
  }
}

export type StartOptions = SandboxOptions & { port?: number; host?: string }

/** Starts a sandbox in this process; port 0 takes a free one. */
export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  const { port = 0, host = '127.0.0.1' } = options
  const sandbox = createSandbox(options)
  const server = sandbox.app.listen(port, host)
  server.keepAliveTimeout = KEEP_ALIVE_MS
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  const url = options.publicUrl ?? `http://${host}:${bound}`
  sandbox.setPublicUrl(url)
  return {
    ...sandbox,
    url,
    port: bound,
    async close() {
      sandbox.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function touchOnChange(stateFile: StateFile): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'GET') res.on('close', stateFile.touch)
    next()
  }
}

function configOf(options: SandboxOptions): SandboxConfig {
  const defaults = configFromEnv({})
  return {
    ...defaults,
    publicUrl: options.publicUrl,
    stateFile: options.stateFile,
    stripe: { ...defaults.stripe, ...options.stripe },
    sendgrid: { ...defaults.sendgrid, ...options.sendgrid },
    twilio: { ...defaults.twilio, ...options.twilio },
    tabby: { ...defaults.tabby, ...options.tabby },
    tamara: { ...defaults.tamara, ...options.tamara },
    websiteOrigins: options.websiteOrigins ?? [],
  }
}

function answerError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(error)
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined
  const isOurs = typeof status === 'number' && status >= 400 && status < 500
  if (!isOurs) process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`)
  const message = isOurs && error instanceof Error ? error.message : 'The sandbox failed; its log says why.'
  res.status(isOurs ? status : 500).json({ error: { type: 'invalid_request_error', message } })
}
