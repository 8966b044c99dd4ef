import { createHash } from 'node:crypto'
import type { AuditVerification } from '@dhow/contracts/audit.ts'
import type { AppContext } from '../../context.ts'
import { findLink, findNewestSeq, listHeads, readChain } from './audit.sql.ts'
import type { ChainLink, SignedHead } from './audit.sql.ts'
import { headKeyFrom, isSignedBy, readNewestHeadFile } from './sign-head.ts'
import type { HeadKey } from './sign-head.ts'

const BATCH = 1_000
const noHash = Buffer.alloc(32)

/** The first event that is not as it was written, and how that shows. */
interface Fault {
  seq: number
  reason: string
}

interface Walk {
  fault: Fault | undefined
  checked: number
  /** Hashes of the events that have signed heads. */
  hashBySeq: Map<number, Buffer>
}

const hashOf = (link: ChainLink): Buffer => createHash('sha256').update(link.prevHash).update(link.body).digest()

function faultOf(link: ChainLink, expected: { seq: number; prevHash: Buffer }): Fault | undefined {
  if (link.seq !== expected.seq) return { seq: expected.seq, reason: 'the event is missing' }
  if (!link.prevHash.equals(expected.prevHash))
    return { seq: link.seq, reason: 'it does not follow the event before it' }
  if (!hashOf(link).equals(link.hash)) return { seq: link.seq, reason: 'its content is not what was hashed' }
  return undefined
}

/** Walks the chain after `afterSeq` in batches, never holding more than one. */
async function walk(ctx: AppContext, afterSeq: number, signed: ReadonlySet<number>): Promise<Walk> {
  const before = afterSeq === 0 ? { hash: noHash } : await findLink(ctx.db, afterSeq)
  const result: Walk = { fault: undefined, checked: 0, hashBySeq: new Map() }
  if (!before) return { ...result, fault: { seq: afterSeq, reason: 'the event is missing' } }
  let expected = { seq: afterSeq + 1, prevHash: before.hash }
  for (;;) {
    const links = await readChain(ctx.db, expected.seq - 1, BATCH)
    for (const link of links) {
      const fault = faultOf(link, expected)
      if (fault) return { ...result, fault }
      if (signed.has(link.seq)) result.hashBySeq.set(link.seq, link.hash)
      result.checked += 1
      expected = { seq: link.seq + 1, prevHash: link.hash }
    }
    if (links.length < BATCH) return result
  }
}

function faultOfHead(head: SignedHead, key: HeadKey, hashBySeq: ReadonlyMap<number, Buffer>): Fault | undefined {
  if (!isSignedBy(key, head)) return { seq: head.seq, reason: 'its signed head has another signature' }
  const hash = hashBySeq.get(head.seq)
  if (!hash) return { seq: head.seq, reason: 'a signed head tells of it, and it is missing' }
  return hash.equals(head.hash) ? undefined : { seq: head.seq, reason: 'its signed head tells another hash' }
}

/**
 * Recomputes the chain and holds it against its signed heads, those of the second place included. `newest` limits it to so many
 * of the newest events; the one before them is taken as given.
 */
export async function verifyChain(ctx: AppContext, options: { newest?: number } = {}): Promise<AuditVerification> {
  const last = await findNewestSeq(ctx.db)
  const afterSeq = options.newest ? Math.max(0, last - options.newest) : 0
  const key = headKeyFrom(ctx.config.TOKEN_KEY)
  const heads = await listHeads(ctx.db, afterSeq)
  const elsewhere = await readNewestHeadFile(ctx.config.AUDIT_HEAD_FILE)
  const all = elsewhere && elsewhere.seq > afterSeq ? [...heads, elsewhere] : heads
  const walked = await walk(ctx, afterSeq, new Set(all.map((head) => head.seq)))
  const faults = [walked.fault, ...all.map((head) => faultOfHead(head, key, walked.hashBySeq))]
  const fault = faults.filter((found) => found !== undefined).toSorted((one, other) => one.seq - other.seq)[0]
  return {
    isIntact: fault === undefined,
    checked: walked.checked,
    firstBadSeq: fault?.seq ?? null,
    reason: fault?.reason ?? null,
    lastSignedAt: heads.at(-1)?.at.toISOString() ?? null,
  }
}
