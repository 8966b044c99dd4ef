// Accounts: who somebody is.
export { createAccount, emailIndexOf, findStaffNames, openPerson, phoneIndexOf } from './accounts.ts'
export { findAccount, isCustomer, lockAccount, updateAccount } from './accounts.sql.ts'
export type { AccountRow } from './accounts.sql.ts'
export { changeCustomer, claimOrdersTask, keyOfCustomer, lockCustomer, readCustomer, viewCustomer } from './profile.ts'
export { newTotpSecret, provisionStaff } from './provision.ts'
export { forgetFactors } from './provision.sql.ts'
export { disableInactiveStaff } from './staff-sign-in/inactive-staff.ts'

// What they are told, and the links in it.
export { createLink, linkToken } from './links.ts'
export { endLinks } from './links.sql.ts'
export { accountMessageTask, messageKinds, sendMessage } from './messages.ts'
export type { MessageKind, NewMessage } from './messages.ts'
export { claimMessage, giveMessageBack, messageJob, readMessage, settleMessage } from './deliver-message.ts'
export type { AccountMessage } from './deliver-message.ts'
export { deleteOldMessages } from './messages.sql.ts'

// Sessions, tokens and their keys.
export { createAuthenticator } from './tokens/authenticator.ts'
export { announceAccountChange, openSession, revokeSessions } from './tokens/sessions.ts'
export { distrustSession } from './tokens/distrust-session.ts'
export { cleanUpSignIns } from './tokens/clean-up.ts'
export { rotateKeys } from './tokens/rotate-keys.ts'

// Codes by SMS, and what they cost.
export { checkCode } from './codes/check-code.ts'
export { sendCode } from './codes/send-code.ts'
export { cleanUpCodes } from './codes/clean-up-codes.ts'
export { auditLimitHits } from './codes/limit-hits.ts'
export { otpFigures } from './codes/otp-figures.ts'

// What the application mounts and the worker does.
export { mountCodes } from './codes/codes.routes.ts'
export { mountTextReports } from './codes/text-reports.routes.ts'
export { mountFactors } from './factors/factors.routes.ts'
export { mountPasswords } from './passwords/passwords.routes.ts'
export { passwordJobs } from './passwords/passwords.jobs.ts'
export { mountStaffSignIn } from './staff-sign-in/staff-sign-in.routes.ts'
export { mountTokens } from './tokens/tokens.routes.ts'
