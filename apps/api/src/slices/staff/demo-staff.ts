import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { recordAudit } from '../audit/audit.ts'
import { emailIndexOf, newTotpSecret, provisionStaff } from '../identity/identity.ts'
import { findMemberByEmail } from './members.sql.ts'
import { findRoleByCode, insertGrants } from './roles.sql.ts'

/** Who works in a demo shop. */
const demoStaff = [
  { email: 'owner@dhow.example', name: 'Noura Al Falasi', roleCode: 'owner' },
  { email: 'packer@dhow.example', name: 'Ravi Menon', roleCode: 'packer' },
  { email: 'support@dhow.example', name: 'Salma Haddad', roleCode: 'support' },
] as const

const KnownSecrets = z.strictObject({ email: z.email(), password: z.string().min(15), totpSecret: z.string().min(32) })
type KnownSecrets = z.infer<typeof KnownSecrets>

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Twenty letters in groups of five, some 99 bits: easy to type from a terminal. */
const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')).join(
    '-',
  )

const readSecrets = (file: string): KnownSecrets[] =>
  existsSync(file) ? z.array(KnownSecrets).parse(JSON.parse(readFileSync(file, 'utf8'))) : []

async function giveRole(ctx: AppContext, tx: Tx, { id, roleCode }: { id: string; roleCode: string }): Promise<void> {
  const role = await findRoleByCode(tx, roleCode)
  if (!role) return // the merchant has deleted it
  await insertGrants(tx, { accountId: id, roleIds: [role.id], grantedBy: null, at: ctx.clock.now() })
  await recordAudit(ctx, tx, {
    action: 'staff.demo-account',
    result: 'ok',
    actor: 'system',
    object: { type: 'staff', id },
    details: { rolesAfter: [roleCode], permissionsAfter: role.permissions.toSorted() },
  })
}

/**
 * Gives a demo shop staff to sign in as: accounts with a password and an authenticator secret, random for each home and kept in
 * `file`, readable by its owner alone. Whoever is there already stays as they are. Never for a shop with `DHOW_MODE=production`.
 * Gives how many were made.
 */
export async function ensureDemoStaff(ctx: AppContext, file: string): Promise<number> {
  if (ctx.config.DHOW_MODE === 'production') throw new Error('a shop in production has no demo staff')
  const known = readSecrets(file)
  const secrets: KnownSecrets[] = []
  let made = 0
  for (const { email, name, roleCode } of demoStaff) {
    const own = known.find((entry) => entry.email === email)
    const isThere = (await findMemberByEmail(ctx.db, emailIndexOf(ctx.sealer, email))) !== undefined
    const entry = own ?? { email, password: newPassword(), totpSecret: newTotpSecret() }
    secrets.push(entry)
    if (own && isThere) continue
    await provisionStaff(ctx, { ...entry, name }, (tx, id) => giveRole(ctx, tx, { id, roleCode }))
    made += 1
  }
  // after the accounts: a file that names secrets of accounts that were not made would never be put right
  if (made > 0) writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return made
}
