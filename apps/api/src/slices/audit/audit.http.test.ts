import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { TestApp } from '../../../test/app.ts'
import { asOwner } from '../../../test/as-owner.ts'
import { recordAudit, verifyChain } from './audit.ts'
import { signAuditHead } from './sign-head.ts'

async function withEvents(count: number, env: Record<string, string> = {}): Promise<TestApp> {
  const app = await startTestApp({ env })
  for (let number = 1; number <= count; number += 1)
    await recordAudit(app.ctx, app.db, { action: 'test.event', result: 'ok', actor: 'system', details: { number } })
  return app
}

const ownerOf = (app: TestApp) => (statement: string) =>
  asOwner(app.env['DATABASE_URL'] ?? '', `set session_replication_role = replica; ${statement}`)

test('AL-1: events are chained by hash in the order they were written', async () => {
  const app = await withEvents(3)
  const rows = await app.db.selectFrom('auditEvents').select(['seq', 'hash', 'prevHash']).orderBy('seq').execute()
  expect(rows.map((row) => row.seq)).toEqual([1, 2, 3])
  expect(rows[0]?.prevHash).toEqual(Buffer.alloc(32))
  expect(rows[1]?.prevHash).toEqual(rows[0]?.hash)
  expect(rows[2]?.prevHash).toEqual(rows[1]?.hash)
  expect(await verifyChain(app.ctx)).toMatchObject({ isIntact: true, checked: 3, firstBadSeq: null })
})

test('AL-1: the application can neither change nor delete what it logged, nor write to the log but by its function', async () => {
  const { db } = await withEvents(1)
  const change = db.updateTable('auditEvents').set({ action: 'nothing' }).where('seq', '=', 1).execute()
  await expect(change).rejects.toThrow('permission denied')
  await expect(db.deleteFrom('auditEvents').execute()).rejects.toThrow('permission denied')
  const row = await db.selectFrom('auditEvents').selectAll().executeTakeFirstOrThrow()
  const forged = { ...row, seq: 2, details: JSON.stringify(row.details) }
  await expect(db.insertInto('auditEvents').values(forged).execute()).rejects.toThrow('permission denied')
  await expect(db.deleteFrom('auditHeads').execute()).rejects.toThrow('permission denied')
})

test('AL-1: even the owner of the table is refused, as long as its triggers stand', async () => {
  const app = await withEvents(1)
  const url = app.env['DATABASE_URL'] ?? ''
  for (const statement of ['delete from audit_events', "update audit_events set action = ''", 'truncate audit_events'])
    await expect(asOwner(url, statement)).rejects.toThrow('append-only')
})

test.each([
  ['a changed byte', "update audit_events set action = 'test.evenu' where seq = 3", 3, 'content'],
  ['a changed detail', `update audit_events set details = '{"number": 4}' where seq = 3`, 3, 'content'],
  ['a deleted row', 'delete from audit_events where seq = 3', 3, 'missing'],
  [
    'two rows that changed places',
    'update audit_events set seq = 6 - seq + 1000 where seq in (2, 4); update audit_events set seq = seq - 1000 where seq > 1000',
    2,
    'follow',
  ],
  [
    'a hash made to fit',
    "update audit_events set action = 'x' where seq = 3; update audit_events set hash = sha256(prev_hash || convert_to(audit_body(audit_events), 'UTF8')) where seq = 3",
    4,
    'follow',
  ],
])('AL-2: %s is found, by the number of the first bad event', async (_name, statement, seq, reason) => {
  const app = await withEvents(5)
  await ownerOf(app)(statement)
  const found = await verifyChain(app.ctx)
  expect(found).toMatchObject({ isIntact: false, firstBadSeq: seq })
  expect(found.reason).toContain(reason)
})

test('AL-2: a tail cut off is found by the signed head that tells of it', async () => {
  const app = await withEvents(5)
  await signAuditHead(app.ctx)
  await ownerOf(app)('delete from audit_events where seq > 3')
  expect(await verifyChain(app.ctx)).toMatchObject({ isIntact: false, firstBadSeq: 5, checked: 3 })
})

test('AL-2: a tail cut off together with its heads is found by the head kept elsewhere', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'dhow-audit-')), 'heads.jsonl')
  const app = await withEvents(5, { AUDIT_HEAD_FILE: file })
  await signAuditHead(app.ctx)
  expect(readFileSync(file, 'utf8')).toContain('"seq":5')
  await ownerOf(app)('delete from audit_events where seq > 3; delete from audit_heads')
  expect(await verifyChain(app.ctx)).toMatchObject({ isIntact: false, firstBadSeq: 5 })
})

test('AL-2: a history rewritten to the end is found, because nobody without the key can sign its head', async () => {
  const app = await withEvents(3)
  await signAuditHead(app.ctx)
  await ownerOf(app)(`
    update audit_events set action = 'test.other' where seq = 3;
    update audit_events set hash = sha256(prev_hash || convert_to(audit_body(audit_events), 'UTF8')) where seq = 3;
    update audit_heads set hash = (select hash from audit_events where seq = 3)`)
  expect(await verifyChain(app.ctx)).toMatchObject({ isIntact: false, firstBadSeq: 3 })
})

test('AL-2: five hundred writers at once leave one unbroken chain', async () => {
  const app = await startTestApp()
  const write = (number: number) =>
    recordAudit(app.ctx, app.db, { action: 'test.parallel', result: 'ok', actor: 'system', details: { number } })
  await Promise.all(Array.from({ length: 500 }, (_, number) => write(number)))
  expect(await verifyChain(app.ctx)).toMatchObject({ isIntact: true, checked: 500 })
})

test('the head is signed once for each newest event', async () => {
  const app = await withEvents(2)
  await signAuditHead(app.ctx)
  await signAuditHead(app.ctx)
  expect(await app.db.selectFrom('auditHeads').select('seq').execute()).toEqual([{ seq: 2 }])
})

test('a broken chain raises an alert every hour', async () => {
  const app = await withEvents(2)
  await ownerOf(app)("update audit_events set action = 'x' where seq = 1")
  await app.worker.runTask('audit.verify')
  expect(app.logs).toContainEqual(expect.objectContaining({ alert: 'audit-chain-broken', firstBadSeq: 1 }))
})
