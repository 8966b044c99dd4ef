import { createApiClient } from '@dhow/api-client/api-client.ts'
import type { ApiClient } from '@dhow/api-client/api-client.ts'
import { getProofOfWork, requestCode, verifyCode } from '@dhow/contracts/auth.ts'
import type { OtpChallenge, SignInResult } from '@dhow/contracts/auth.ts'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge } from 'altcha-lib/types'
import type { TestApp } from './app.ts'

let made = 0

/** A UAE mobile nobody has used yet, each in a prefix (the number without its last four digits) of its own. */
export function freshPhone(): string {
  made += 1
  const operator = [50, 52, 54, 55, 56, 58][Math.floor(made / 1000)]
  return `+971${operator}${String(made % 1000).padStart(3, '0')}1234`
}

/** Somebody at a device, at an address. */
export interface Asker {
  api: ApiClient
  ask(phone: string, proofOfWork?: string): Promise<OtpChallenge>
  give(challengeId: string, code: string): Promise<SignInResult>
  /** Asks and gives the code that came. */
  signIn(phone: string): Promise<SignInResult>
}

export function askerOf(app: TestApp, at: { ip?: string; device?: string } = {}): Asker {
  const { ip = '203.0.113.7', device } = at
  const headers = {
    'X-Forwarded-For': ip,
    ...(device === undefined ? {} : { 'Device-Id': device.padEnd(22, '0') }),
  }
  const api = createApiClient({ baseUrl: app.baseUrl, headers })
  const ask: Asker['ask'] = (phone, proofOfWork) =>
    api.call(requestCode, { body: { phone, ...(proofOfWork ? { proofOfWork } : {}) } })
  const give: Asker['give'] = (challengeId, code) => api.call(verifyCode, { body: { challengeId, code } })
  return {
    api,
    ask,
    give,
    async signIn(phone) {
      const { challengeId } = await ask(phone)
      return give(challengeId, codeFor(app, phone))
    },
  }
}

/** The code that was last sent to a number. Throws when none was. */
export function codeFor(app: TestApp, phone: string): string {
  const code = app.sandbox.control.lastCode(phone)
  if (code === undefined) throw new Error(`no code was sent to ${phone}`)
  return code
}

/** Six digits that are not these. */
export const otherThan = (code: string): string => (code === '000000' ? '111111' : '000000')

/** A fresh puzzle, solved as the website solves it. */
export async function solvedPuzzle({ api }: Asker): Promise<string> {
  // oxlint-disable-next-line no-unsafe-type-assertion -- the contract leaves the puzzle to the library that solves it
  const challenge = (await api.call(getProofOfWork, {})) as unknown as Challenge
  const solution = await solveChallenge({ challenge, deriveKey })
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}
