import type { Permission } from '@dhow/contracts/permissions.ts'
import type { z } from 'zod'
import type { AppContext } from '../../context.ts'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { Acting } from './acting.ts'

/** What an action is given of the request it belongs to. */
export interface Request<Subject> {
  ctx: AppContext
  tx: Tx
  approval: { id: string; requestedBy: string; reason: string }
  subject: Subject
  by: Acting
}

/**
 * Something nobody does alone. `subject` is what exactly will be done: ids and amounts, never personal data; it is frozen when
 * asked for and parsed again when done.
 */
interface Definition<Subject> {
  /** `area.verb`, as stored. */
  name: string
  /** Needed to ask for it, and beside `approvals.decide` to agree to it. */
  permission: Permission
  subject: z.ZodType<Subject>
  /** Throws when `by` may not do this very thing: held against whoever asks and whoever agrees. */
  check(request: Request<Subject>): Promise<void>
  /** Does it, in the transaction that notes the agreement. */
  apply(request: Request<Subject>): Promise<void>
  /** What a person reads of it, with names for ids. */
  describe(ctx: AppContext, db: DbOrTx, subject: Subject): Promise<Record<string, unknown>>
}

/** An action as the registry keeps it: its subject is whatever the database holds, and parsed before anything is done with it. */
export interface ApprovalAction {
  readonly name: string
  readonly permission: Permission
  check(request: Request<unknown>): Promise<void>
  apply(request: Request<unknown>): Promise<void>
  describe(ctx: AppContext, db: DbOrTx, subject: unknown): Promise<Record<string, unknown>>
}

/** Declares an action for {@link ApprovalAction} registries. Its functions throw when the subject is not as its schema says. */
export function defineApprovalAction<Subject>(definition: Definition<Subject>): ApprovalAction {
  const { name, permission, subject: schema } = definition
  const read = (request: Request<unknown>): Request<Subject> => ({ ...request, subject: schema.parse(request.subject) })
  return {
    name,
    permission,
    check: async (request) => definition.check(read(request)),
    apply: async (request) => definition.apply(read(request)),
    describe: async (ctx, db, subject) => definition.describe(ctx, db, schema.parse(subject)),
  }
}

/** Nobody agrees to what somebody else asked to be done for them. Throws `approvals/own-request`. */
export function requireThirdPerson({ actor }: Acting, approval: { requestedBy: string }, staffId: string): void {
  if (actor === 'system' || actor.accountId === approval.requestedBy) return
  if (actor.accountId === staffId) throw new Problem('approvals/own-request')
}
