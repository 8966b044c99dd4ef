import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { rawJson } from '../../../../test/raw-request.ts'

const app = await startTestApp()
const { db, given } = app

const password = 'a lantern on the creek'

const bodies = [
  ['POST', '/auth/register', { email: 'x@example.com', password, name: 'Layla' }],
  ['POST', '/auth/register/confirm', { token: 'T'.repeat(43) }],
  ['POST', '/auth/login', { email: 'x@example.com', password }],
  ['POST', '/auth/password/forgot', { email: 'x@example.com' }],
  ['POST', '/auth/password/reset', { token: 'T'.repeat(43), password }],
  ['POST', '/auth/email/confirm', { token: 'T'.repeat(43) }],
  ['POST', '/auth/undo', { token: 'T'.repeat(43) }],
  ['POST', '/me/email', { email: 'x@example.com' }],
  ['PUT', '/me/password', { newPassword: password }],
] as const
const extras = ['role', 'isAdmin', 'kind', 'status', 'verified', 'accountId', 'emailVerifiedAt', 'hash', 'constructor']

test.each(bodies)(
  'AZ-3: %s %s takes no member it does not name, and changes nothing then',
  async (method, path, body) => {
    const { tokens } = await given.customer()
    const before = await db.selectFrom('oneTimeLinks').select('id').execute()
    for (const extra of extras) {
      const headers = { authorization: `Bearer ${tokens.accessToken}` }
      const answer = await rawJson(`${app.baseUrl}/api/v1${path}`, method, { ...body, [extra]: 'owner' }, headers)
      expect({ extra, status: answer.status, code: answer.code }).toEqual({
        extra,
        status: 422,
        code: 'request/invalid',
      })
    }
    expect(await db.selectFrom('oneTimeLinks').select('id').execute()).toHaveLength(before.length)
  },
)
