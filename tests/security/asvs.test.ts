import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faultsInMap, findNamedTests, printSecurityMap } from '../../scripts/security/security-map.ts'

test('every control the security map claims has a test that is named by it, and every file it names is there', () => {
  expect(faultsInMap(findNamedTests())).toEqual([])
})

test('docs/security/asvs.md is what the map and the tests come to (npm run security-map)', () => {
  const committed = readFileSync(new URL('../../docs/security/asvs.md', import.meta.url), 'utf8')
  expect(committed).toBe(printSecurityMap(findNamedTests()))
})

test('a control without a test is a fault', () => {
  const tests = findNamedTests().filter((named) => named.control !== 'AL-1')
  expect(faultsInMap(tests)).toContain('no test is named "AL-1: …"')
})
