export {
  comparableEmail,
  createAccount,
  emailIndexOf,
  findStaffNames,
  openPerson,
  phoneIndexOf,
  sealPerson,
} from './accounts.ts'
export type { NewPerson, Person } from './accounts.ts'
export { findAccount, lockAccount, updateAccount } from './accounts.sql.ts'
export type { AccountRow } from './accounts.sql.ts'
export { createLink, linkToken, useLink } from './links.ts'
export { endLinks } from './links.sql.ts'
export { changeCustomer, claimOrdersTask, keyOfCustomer, lockCustomer, readCustomer, viewCustomer } from './profile.ts'
export { claimMessage, giveMessageBack, readMessage, settleMessage } from './deliver-message.ts'
export type { AccountMessage } from './deliver-message.ts'
export { deleteOldMessages } from './messages.sql.ts'
export { accountMessageTask, messageKinds, sendMessage } from './messages.ts'
export type { MessageContent, MessageKind, NewMessage } from './messages.ts'
export { newTotpSecret, provisionStaff } from './provision.ts'
export { forgetFactors } from './provision.sql.ts'
export { cleanUpCodes } from './codes/clean-up-codes.ts'
export { mountCodes } from './codes/codes.routes.ts'
export { auditLimitHits } from './codes/limit-hits.ts'
export { otpFigures } from './codes/otp-figures.ts'
export { mountTextReports } from './codes/text-reports.routes.ts'
export { createAuthenticator } from './tokens/authenticator.ts'
export { distrustSession } from './tokens/distrust-session.ts'
export { announceAccountChange, openSession, replaceSession, revokeSessions } from './tokens/sessions.ts'
export type { NewSession, Revocation, SessionReplacement } from './tokens/sessions.ts'
export { clearStaffCookies, setStaffCookies } from './tokens/staff-cookies.ts'
export { listAccountSessions } from './tokens/session-view.ts'
export { mountTokens } from './tokens/tokens.routes.ts'
export { passwordJobs } from './passwords/passwords.jobs.ts'
export { mountPasswords } from './passwords/passwords.routes.ts'
export { cleanUpSignIns } from './tokens/clean-up.ts'
export { rotateKeys } from './tokens/rotate-keys.ts'
export { disableInactiveStaff } from './staff-sign-in/inactive-staff.ts'
export { mountStaffSignIn } from './staff-sign-in/staff-sign-in.routes.ts'
export { mountFactors } from './factors/factors.routes.ts'
