import type { Authenticator } from '../../platform/auth/actor.ts'
import type { AppContext } from '../../context.ts'

export { comparableEmail, createAccount, emailIndexOf, findStaffNames, openPerson, phoneIndexOf, sealPerson } from './accounts.ts'
export type { NewPerson, Person } from './accounts.ts'
export { findAccount, lockAccount, updateAccount } from './accounts.sql.ts'
export type { AccountRow } from './accounts.sql.ts'
export { createLink, linkToken, useLink } from './links.ts'
export { endLinks } from './links.sql.ts'
export { accountMessageTask, sendMessage } from './messages.ts'
export type { MessageContent, MessageKind, NewMessage } from './messages.ts'

/** Nobody is known yet. */
export const createAuthenticator = (_ctx: AppContext): Authenticator => ({
  authenticate: async () => undefined,
})
