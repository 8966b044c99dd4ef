import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto'
import { appendFile, readFile } from 'node:fs/promises'
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { findLink, findNewestSeq, findNewestHead, insertHead } from './audit.sql.ts'
import type { SignedHead } from './audit.sql.ts'

/** PKCS #8 of an Ed25519 key before its 32 bytes (RFC 8410 §7). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

export interface HeadKey {
  kid: string
  privateKey: KeyObject
  publicKey: KeyObject
}

/** The key heads are signed with, derived from TOKEN_KEY: whoever has only the database cannot sign another history. */
export function headKeyFrom(tokenKey: Buffer): HeadKey {
  const seed = Buffer.from(hkdfSync('sha256', tokenKey, Buffer.alloc(0), 'audit-head', 32))
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return { kid: createHash('sha256').update(spki).digest('hex').slice(0, 16), privateKey, publicKey }
}

const signedText = (head: Pick<SignedHead, 'seq' | 'hash' | 'at'>): Buffer =>
  Buffer.from(`dhow-audit-head\n${head.seq}\n${head.hash.toString('hex')}\n${head.at.toISOString()}`)

export const isSignedBy = (key: HeadKey, head: SignedHead): boolean =>
  head.kid === key.kid && verify(null, signedText(head), key.publicKey, head.signature)

/** One head a line in AUDIT_HEAD_FILE, the second place: a table cut short together with its heads still does not match it. */
const HeadLine = z.object({
  seq: z.int(),
  hash: z.hex().transform((text) => Buffer.from(text, 'hex')),
  at: z.iso.datetime().transform((text) => new Date(text)),
  kid: z.string(),
  signature: z.base64().transform((text) => Buffer.from(text, 'base64')),
})

const toLine = (head: SignedHead): string =>
  `${JSON.stringify({ ...head, hash: head.hash.toString('hex'), signature: head.signature.toString('base64') })}\n`

/** The newest head of the second place; undefined when none is configured or written yet. Throws when its last line is no head. */
export async function readNewestHeadFile(path: string | undefined): Promise<SignedHead | undefined> {
  if (!path) return undefined
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const last = text.trimEnd().split('\n').at(-1)
  return last ? HeadLine.parse(JSON.parse(last)) : undefined
}

/** Signs the newest event, if it is new since the last time: into the table, the file if one is set, and the log. */
export async function signAuditHead(ctx: AppContext): Promise<void> {
  const [seq, newest] = [await findNewestSeq(ctx.db), await findNewestHead(ctx.db)]
  if (seq === 0 || newest?.seq === seq) return
  const link = await findLink(ctx.db, seq)
  if (!link) return
  const key = headKeyFrom(ctx.config.TOKEN_KEY)
  const unsigned = { seq, hash: link.hash, at: ctx.clock.now(), kid: key.kid }
  const head = { ...unsigned, signature: sign(null, signedText(unsigned), key.privateKey) }
  await insertHead(ctx.db, head)
  if (ctx.config.AUDIT_HEAD_FILE) await appendFile(ctx.config.AUDIT_HEAD_FILE, toLine(head), { mode: 0o600 })
  ctx.log.info({ seq, hash: head.hash.toString('hex'), kid: key.kid }, 'audit head signed')
}
