import { expect, test } from 'vitest'
import { findLockfileFaults } from './check-lockfile.ts'

test('a platform binary nobody locked is found, wherever its package sits', () => {
  const faults = findLockfileFaults({
    '': {},
    'node_modules/linter': { optionalDependencies: { '@linter/linux': '1.0.0', '@linter/mac': '1.0.0' } },
    'node_modules/@linter/linux': {},
    'node_modules/tool/node_modules/bundler': { optionalDependencies: { '@bundler/linux': '1.0.0' } },
  })
  expect(faults).toEqual([
    'node_modules/linter wants @linter/mac, which is not locked',
    'node_modules/tool/node_modules/bundler wants @bundler/linux, which is not locked',
  ])
})

test('a binary locked beside its package, or in a folder above, is there', () => {
  const faults = findLockfileFaults({
    '': { optionalDependencies: { '@database/linux': '16.0.0' } },
    'node_modules/@database/linux': {},
    'node_modules/tool/node_modules/bundler': { optionalDependencies: { beside: '1.0.0', above: '1.0.0' } },
    'node_modules/tool/node_modules/beside': {},
    'node_modules/above': {},
  })
  expect(faults).toEqual([])
})

test('an address of one registry is refused, a link to a workspace is not', () => {
  const faults = findLockfileFaults({
    'node_modules/left': { resolved: 'https://registry.example/left.tgz' },
    'node_modules/@dhow/api': { resolved: 'apps/api', link: true },
  })
  expect(faults).toEqual(['node_modules/left names a registry address: https://registry.example/left.tgz'])
})
