import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Refusal } from './admit-send.ts'
import { addBlock } from './blocks.sql.ts'
import type { Block } from './blocks.sql.ts'
import { CODE_SECONDS } from './challenges.ts'
import { blockNames } from './send-blocks.ts'
import type { SendSubject } from './send-rules.ts'
import { readConversion } from './sends.sql.ts'

/** What is older says nothing of today's traffic. */
const REMEMBERED_MS = 3 * 86_400_000

interface Watched {
  by: 'prefix' | 'country'
  value: Buffer | string
  /** Of the block that follows. */
  name: string
}

async function isAnswered(ctx: AppContext, tx: Tx, watched: Watched, blocks: readonly Block[]): Promise<boolean> {
  const { OTP_CONVERSION_LAST_SENDS: last, OTP_CONVERSION_MIN_SENDS, OTP_CONVERSION_MIN_PERCENT } = ctx.config
  const nowMs = ctx.clock.now().getTime()
  const sinceMs = Math.max(
    nowMs - REMEMBERED_MS,
    ...blocks.filter((block) => block.subject === watched.name).map((block) => block.blockedUntil.getTime()),
  )
  const { sends, verified } = await readConversion(tx, {
    ...watched,
    last,
    since: new Date(sinceMs),
    until: new Date(nowMs - CODE_SECONDS * 1000),
  })
  return sends < OTP_CONVERSION_MIN_SENDS || verified * 100 >= sends * OTP_CONVERSION_MIN_PERCENT
}

/**
 * OT-6: pumped numbers never answer. A prefix or a foreign country whose last codes were hardly ever given back is blocked for
 * hours. Our own country is not: whoever could have it cut off by asking for codes would shut the shop; there everybody has to
 * prove some work for as long.
 */
export async function isConverting(
  ctx: AppContext,
  tx: Tx,
  { subject, blocks }: { subject: SendSubject; blocks: readonly Block[] },
): Promise<{ refusal: Refusal | undefined; needsProof: boolean }> {
  const now = ctx.clock.now()
  const isHome = subject.country === ctx.config.OTP_COUNTRIES[0]
  const country: Watched = {
    by: 'country',
    value: subject.country,
    name: (isHome ? blockNames.proof : blockNames.country)(subject),
  }
  const prefix: Watched = { by: 'prefix', value: subject.prefixIndex, name: blockNames.prefix(subject) }
  const blockSeconds = ctx.config.OTP_BLOCK_HOURS * 3600
  const until = new Date(now.getTime() + blockSeconds * 1000)
  for (const watched of [prefix, country]) {
    if (await isAnswered(ctx, tx, watched, blocks)) continue
    if (await addBlock(tx, { subject: watched.name, reason: 'conversion', until, now }))
      ctx.log.error(
        { by: watched.by, country: subject.country, alert: 'otp-conversion' },
        'one-time codes are asked for and never given back',
      )
    if (watched.name === blockNames.proof(subject)) return { refusal: undefined, needsProof: true }
    return { refusal: { kind: 'blocked', subject: watched.name, retryAfterSeconds: blockSeconds }, needsProof: false }
  }
  return { refusal: undefined, needsProof: false }
}
