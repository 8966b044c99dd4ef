import type { DbOrTx } from '../../../platform/db/database.ts'
import type { Refusal } from './admit-send.ts'
import { listBlocks } from './blocks.sql.ts'
import type { Block } from './blocks.sql.ts'
import type { SendSubject } from './send-rules.ts'

/** What a block is laid on: a number after too many wrong codes, a prefix or country whose codes nobody answers. */
export const blockNames = {
  phone: ({ phoneIndex }: Pick<SendSubject, 'phoneIndex'>): string => `phone:${phoneIndex.toString('hex')}`,
  prefix: ({ prefixIndex }: Pick<SendSubject, 'prefixIndex'>): string => `prefix:${prefixIndex.toString('hex')}`,
  country: ({ country }: Pick<SendSubject, 'country'>): string => `country:${country}`,
  /** Our own country is never cut off: everybody there must prove some work instead. */
  proof: ({ country }: Pick<SendSubject, 'country'>): string => `proof:${country}`,
}

export interface Blocks {
  /** All of the subject, those that are over too. */
  all: readonly Block[]
  refusal: Refusal | undefined
  needsProof: boolean
}

export async function findBlock(db: DbOrTx, subject: SendSubject, now: Date): Promise<Blocks> {
  const all = await listBlocks(
    db,
    Object.values(blockNames).map((nameOf) => nameOf(subject)),
  )
  const standing = all.filter(({ blockedUntil }) => blockedUntil > now)
  const [blocking] = standing.filter((block) => block.subject !== blockNames.proof(subject))
  const secondsLeft = blocking ? Math.ceil((blocking.blockedUntil.getTime() - now.getTime()) / 1000) : 0
  const isPhone = blocking?.subject === blockNames.phone(subject)
  const refusal: Refusal | undefined = blocking && {
    ...(isPhone ? { kind: 'limited', rule: 'wrong-codes' } : { kind: 'blocked', subject: blocking.subject }),
    retryAfterSeconds: secondsLeft,
  }
  return { all, refusal, needsProof: standing.some((block) => block.subject === blockNames.proof(subject)) }
}
