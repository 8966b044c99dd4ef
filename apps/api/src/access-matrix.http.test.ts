import { readFileSync } from 'node:fs'
import { readyRoles } from '@dhow/contracts/permissions.ts'
import { allEndpoints } from '@dhow/contracts/all-endpoints.ts'
import type { Endpoint } from '@dhow/contracts/endpoint.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { rawRequest } from '../test/raw-request.ts'
import type { GivenStaff } from '../test/staff.ts'
import { staffCookies } from './platform/auth/cookies.ts'

/** A line of the committed matrix: who has a dot, and whether it asks for a fresh proof. */
interface Line {
  callers: ReadonlySet<string>
  isFresh: boolean
}

function readMatrix(): Map<string, Line> {
  const text = readFileSync(new URL('../../../docs/security/access-matrix.md', import.meta.url), 'utf8')
  const [header = [], , ...rows] = [...text.matchAll(/^\| (.*) \|$/gm)].map(([, line = '']) =>
    line.split('|').map((cell) => cell.trim().replaceAll('`', '')),
  )
  return new Map(
    rows.map((cells) => [
      `${cells[0]} ${cells[1]}`,
      { callers: new Set(header.filter((_, index) => cells[index] === '●')), isFresh: cells.at(-1) === 'fresh' },
    ]),
  )
}

const matrix = readMatrix()
const app = await startTestApp()
const { given, clock, ctx } = app
const origin = new URL(ctx.config.ADMIN_URL).origin
const nobody = '01930000-0000-7000-8000-00000000dead'

/**
 * Calls an endpoint in a way that does nothing: no endpoint knows this query, so whoever passes the guard is told that the
 * request is not valid, and whoever does not is told so first. Nothing else is an answer here.
 */
async function knock(endpoint: Endpoint, headers: Record<string, string>): Promise<string> {
  const path = endpoint.path.replace(/\{\w+\}/g, nobody)
  const hasBody = endpoint.body !== undefined
  const answer = await rawRequest(`${app.baseUrl}/api/v1${path}?knock=1`, {
    method: endpoint.method,
    headers: { origin, ...(hasBody ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(hasBody ? { body: '{}' } : {}),
  })
  return answer.status === 422 && answer.code === 'request/invalid' ? 'passed' : String(answer.code)
}

type Expectation = (endpoint: Endpoint, line: Line) => string

/** Everybody at every door; gives those that answered otherwise than expected. */
async function knockEverywhere(headers: Record<string, string>, expected: Expectation): Promise<string[]> {
  const surprises = await Promise.all(
    allEndpoints.map(async (endpoint) => {
      const line = matrix.get(`${endpoint.method} ${endpoint.path}`)
      if (!line) return `${endpoint.id} is not in the matrix`
      const [got, wanted] = [await knock(endpoint, headers), expected(endpoint, line)]
      return got === wanted ? '' : `${endpoint.id}: ${got}, not ${wanted}`
    }),
  )
  return surprises.filter((surprise) => surprise !== '')
}

const isStaffDoor = ({ auth }: Endpoint): boolean => auth === 'staff' || auth === 'staff-enrolling'
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })

/** Whoever has no valid token passes where a guest does; a wrong token is worse than none where one may come with an order. */
const asGuest: Expectation = (_, { callers }) => (callers.has('guest') ? 'passed' : 'auth/required')
const asRefusedBearer: Expectation = (endpoint, line) =>
  endpoint.auth === 'order-token' ? 'auth/required' : asGuest(endpoint, line)

test('AZ-1: a guest passes where the matrix says, and nowhere else', async () => {
  expect(await knockEverywhere({}, asGuest)).toEqual([])
})

test('AZ-4: a customer passes where the matrix says; the back office does not know them', async () => {
  const customer = await given.customer()
  const expected: Expectation = (_, { callers }) => (callers.has('customer') ? 'passed' : 'auth/required')
  expect(await knockEverywhere(bearer(customer.tokens.accessToken), expected)).toEqual([])
})

test.each(readyRoles.map((role) => role.code))(
  'ST-5: %s passes where the matrix says, and nowhere else',
  async (code) => {
    const { headers } = await given.staff({ roles: [code] })
    const expected: Expectation = (endpoint, { callers }) => {
      if (endpoint.auth === 'customer') return 'auth/required'
      return callers.has(code) ? 'passed' : 'auth/forbidden'
    }
    expect(await knockEverywhere(headers, expected)).toEqual([])
  },
)

test('ST-5: a staff member without a role may look after their own account, and no more', async () => {
  const { headers } = await given.staff({ roles: [] })
  const expected: Expectation = (endpoint, line) => {
    if (!isStaffDoor(endpoint)) return asGuest(endpoint, line)
    return endpoint.permission === 'self' ? 'passed' : 'auth/forbidden'
  }
  expect(await knockEverywhere(headers, expected)).toEqual([])
})

test('ST-1: before the second factor is set up, nothing of the back office opens but setting it up', async () => {
  const { headers } = await given.staff({ secondFactorAt: null })
  const expected: Expectation = (endpoint, line) => {
    if (endpoint.auth === 'staff') return 'auth/second-factor-enrolment-required'
    return endpoint.auth === 'staff-enrolling' ? 'passed' : asGuest(endpoint, line)
  }
  expect(await knockEverywhere(headers, expected)).toEqual([])
})

test('ST-3: with a second factor older than five minutes, what asks for a fresh one stays shut', async () => {
  const { headers } = await given.staff({ secondFactorAt: new Date(clock.now().getTime() - 301_000) })
  const expected: Expectation = (endpoint, line) => {
    if (!isStaffDoor(endpoint)) return asGuest(endpoint, line)
    if (endpoint.auth === 'staff-enrolling') return 'auth/forbidden'
    return line.isFresh ? 'auth/step-up-required' : 'passed'
  }
  expect(await knockEverywhere(headers, expected)).toEqual([])
})

test('CF-1: without the session’s CSRF token, cookies change nothing', async () => {
  const { cookie = '' } = (await given.staff()).headers
  const expected: Expectation = (endpoint, line) => {
    if (!isStaffDoor(endpoint)) return asGuest(endpoint, line)
    if (endpoint.method !== 'GET') return 'auth/cross-site'
    return 'passed'
  }
  expect(await knockEverywhere({ cookie }, expected)).toEqual([])
})

const cookieOf = (accessToken: string): Record<string, string> => ({ cookie: `${staffCookies.access}=${accessToken}` })

test('AZ-4: a token of the other audience is no token: a customer’s in the staff cookie', async () => {
  const { tokens } = await given.customer()
  const csrf = { 'x-csrf-token': ctx.sealer.deriveToken('csrf', tokens.sessionId) }
  expect(await knockEverywhere({ ...cookieOf(tokens.accessToken), ...csrf }, asGuest)).toEqual([])
})

test('AZ-4: a token of the other audience is no token: a staff member’s as bearer', async () => {
  const { accessToken } = await given.staff()
  expect(await knockEverywhere(bearer(accessToken), asRefusedBearer)).toEqual([])
})

test('AZ-4: a token that has expired is no token', async () => {
  const shop = await startTestApp()
  expect(await expiredEverywhere(shop)).toEqual([])
})

/** Tokens of both kinds, long after their time, at doors that ask for one. */
async function expiredEverywhere(shop: Awaited<ReturnType<typeof startTestApp>>): Promise<string[]> {
  const [customer, staff]: [{ tokens: { accessToken: string } }, GivenStaff] = [
    await shop.given.customer(),
    await shop.given.staff(),
  ]
  shop.clock.advance({ minutes: 11 })
  const doors = allEndpoints.filter((endpoint) => endpoint.auth === 'customer' || isStaffDoor(endpoint))
  const answers = await Promise.all(
    doors.map(async (endpoint) => {
      const headers = isStaffDoor(endpoint) ? staff.headers : { ...bearer(customer.tokens.accessToken), origin }
      const path = endpoint.path.replace(/\{\w+\}/g, nobody)
      const { code } = await rawRequest(`${shop.baseUrl}/api/v1${path}?knock=1`, { method: endpoint.method, headers })
      return code === 'auth/required' ? '' : `${endpoint.id}: ${String(code)}`
    }),
  )
  return answers.filter((answer) => answer !== '')
}
