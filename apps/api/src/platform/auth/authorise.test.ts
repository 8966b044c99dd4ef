import { allEndpoints } from '@dhow/contracts/all-endpoints.ts'
import type { Endpoint } from '@dhow/contracts/endpoint.ts'
import { expect, test } from 'vitest'
import { checkDeclaration } from './authorise.ts'

const sound: Endpoint = {
  id: 'readThings',
  method: 'GET',
  path: '/admin/things',
  status: 200,
  summary: 'Things',
  tag: 'Things',
  auth: 'staff',
  permission: 'staff.read',
  rateLimit: 'staff',
  problems: [],
}

test('AZ-1: every endpoint declares soundly who may call it', () => {
  for (const endpoint of allEndpoints) expect(() => checkDeclaration(endpoint)).not.toThrow()
  expect(() => checkDeclaration(sound)).not.toThrow()
})

test.each<[string, Partial<Endpoint>]>([
  // what a program without types would hand in
  ['says not who may call it', JSON.parse('{ "auth": "" }')],
  ['is for staff without a permission', { permission: undefined }],
  ['is below /admin for customers', { auth: 'customer', permission: undefined }],
  ['is below /admin for everybody', { auth: 'public', permission: undefined }],
  ['is below /admin/auth for customers', { auth: 'customer', permission: undefined, path: '/admin/auth/things' }],
  ['is for staff elsewhere', { path: '/things' }],
  ['is for staff who enrol elsewhere', { auth: 'staff-enrolling', permission: undefined, path: '/things' }],
  ['asks customers for a permission', { auth: 'customer', path: '/things' }],
  ['asks everybody for a fresh proof', { auth: 'public', permission: undefined, path: '/things', isFresh: true }],
])('AZ-1: an endpoint that %s stops the process at its start', (_what, fault) => {
  expect(() => checkDeclaration({ ...sound, ...fault })).toThrow(/^readThings: /)
})
