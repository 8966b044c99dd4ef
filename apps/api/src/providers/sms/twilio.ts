import twilio from 'twilio'
import type { Config } from '../../config.ts'
import type { Metrics } from '../../platform/telemetry/metrics.ts'
import type {
  CheckOutcome,
  CodePurpose,
  CodeRequest,
  SmsProvider,
  StartedCode,
  StartOutcome,
  TextMessage,
  TextOutcome,
} from './port.ts'
import { isGone, outcomeOfCheckError, outcomeOfStartError, outcomeOfTextError } from './twilio-errors.ts'
import { readStatusReport } from './status-report.ts'

/** Seconds a text may wait at the carrier: later it is no news any more. */
const VALID_SECONDS = 600

type HttpOptions = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0]

/** The SDK knows no base address: its requests are sent to the configured one of the same service (provider facts §1). */
class ConfiguredClient extends twilio.RequestClient {
  readonly #bases: ReadonlyMap<string, string>

  constructor(config: Config) {
    super({ timeout: config.TWILIO_TIMEOUT_MS })
    this.#bases = new Map([
      ['https://api.twilio.com', config.TWILIO_API_BASE],
      ['https://verify.twilio.com', config.TWILIO_VERIFY_BASE],
    ])
  }

  override request<Data>(options: HttpOptions & { data?: Data }) {
    const { origin } = new URL(options.uri)
    const base = this.#bases.get(origin)
    if (base === undefined) throw new Error(`no address is configured for ${origin}`)
    return super.request({ ...options, uri: base + options.uri.slice(origin.length) })
  }
}

/** The templates of the codes at Twilio, by purpose; empty takes the service's own. */
function templateOf(config: Config, purpose: CodePurpose): { templateSid?: string } {
  const templateSid = config.TWILIO_VERIFY_TEMPLATES.get(purpose)
  return templateSid === undefined ? {} : { templateSid }
}

/**
 * Codes by Verify v2, texts by Messages, through the official SDK, which never tries again by itself. A code may be asked for
 * again after a time-out: Verify sends the same one. A text may not, since Twilio knows no idempotency key.
 */
export function createTwilio(config: Config, metrics: Metrics): SmsProvider {
  const client = twilio(config.TWILIO_ACCOUNT_SID, config.TWILIO_AUTH_TOKEN, {
    httpClient: new ConfiguredClient(config),
  })
  const service = () => client.verify.v2.services(config.TWILIO_VERIFY_SERVICE_SID)
  const counted = async <Outcome extends { kind: string }>(operation: string, work: Promise<Outcome>) => {
    const outcome = await work
    metrics.providerCalls.inc({ provider: 'twilio', operation, result: outcome.kind })
    return outcome
  }

  async function start({ phone, purpose, locale, callerKey }: CodeRequest): Promise<StartOutcome> {
    try {
      const verification = await service().verifications.create({
        to: phone,
        channel: 'sms',
        locale,
        customFriendlyName: locale === 'ar' ? config.MERCHANT_NAME_AR : config.MERCHANT_NAME_EN,
        ...templateOf(config, purpose),
        ...(config.TWILIO_VERIFY_RATE_LIMIT ? { rateLimits: { [config.TWILIO_VERIFY_RATE_LIMIT]: callerKey } } : {}),
      })
      return { kind: 'sent', providerRef: verification.sid }
    } catch (error) {
      return outcomeOfStartError(error)
    }
  }

  async function check({ providerRef, phone }: StartedCode, code: string): Promise<CheckOutcome> {
    try {
      const by = providerRef === null ? { to: phone } : { verificationSid: providerRef }
      // A wrong code is a 2xx too: only the status says that it was right.
      const { status } = await service().verificationChecks.create({ ...by, code })
      return { kind: status === 'approved' ? 'approved' : 'wrong' }
    } catch (error) {
      return outcomeOfCheckError(error)
    }
  }

  async function cancel({ providerRef, phone }: StartedCode): Promise<{ kind: 'cancelled' | 'gone' | 'unknown' }> {
    try {
      await service()
        .verifications(providerRef ?? phone)
        .update({ status: 'canceled' })
      return { kind: 'cancelled' }
    } catch (error) {
      return { kind: isGone(error) ? 'gone' : 'unknown' }
    }
  }

  async function send({ to, text }: TextMessage): Promise<TextOutcome> {
    try {
      const message = await client.messages.create({
        to,
        from: config.TWILIO_SMS_SENDER,
        body: text,
        validityPeriod: VALID_SECONDS,
        statusCallback: `${config.PUBLIC_API_URL}/webhooks/twilio`,
      })
      return { kind: 'accepted', providerRef: message.sid }
    } catch (error) {
      return outcomeOfTextError(error)
    }
  }

  return {
    startVerification: (request) => counted('start-verification', start(request)),
    checkVerification: (started, code) => counted('check-verification', check(started, code)),
    cancelVerification: async (started) => (await counted('cancel-verification', cancel(started))).kind !== 'unknown',
    sendMessage: (message) => counted('send-message', send(message)),
    readReport: async (path, rawBody, signature) =>
      readStatusReport(config, { path, rawBody, signature }, twilio.validateRequest),
  }
}
