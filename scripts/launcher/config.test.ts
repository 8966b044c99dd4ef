import path from 'node:path'
import { expect, test } from 'vitest'
import { readLauncherConfig, ROOT } from './config.ts'

test('nothing set means the documented ports and .dhow in the repository', () => {
  expect(readLauncherConfig({})).toEqual({
    home: path.join(ROOT, '.dhow'),
    ports: { web: 3000, admin: 3001, api: 4000, sandbox: 4500, postgres: 54_320, redis: 63_790 },
  })
})

test.each([
  ['abc', 'PORT must be a port from 1 to 65535 (or 0 for a free one), not "abc".'],
  ['70000', 'PORT must be a port from 1 to 65535 (or 0 for a free one), not "70000".'],
  ['-1', 'PORT must be a port from 1 to 65535 (or 0 for a free one), not "-1".'],
])('PORT=%s is refused by name', (value, message) => {
  expect(() => readLauncherConfig({ PORT: value })).toThrow(message)
})

test('two variables with the same port are both named', () => {
  expect(() => readLauncherConfig({ PORT: '4000' })).toThrow('PORT and API_PORT are both 4000')
})

test('zero asks for a free port, for as many as like', () => {
  expect(readLauncherConfig({ PORT: '0', API_PORT: '0' }).ports).toMatchObject({ web: 0, api: 0 })
})

test('DHOW_HOME may be relative to the repository or absolute', () => {
  expect(readLauncherConfig({ DHOW_HOME: 'elsewhere' }).home).toBe(path.join(ROOT, 'elsewhere'))
  expect(readLauncherConfig({ DHOW_HOME: '/srv/dhow' }).home).toBe('/srv/dhow')
})
