import { expect, test } from 'vitest'
import { auditQuery } from './query.ts'

const ask = (search: string) => auditQuery(new URLSearchParams(search))

test('filters go to the API by the same names', () => {
  expect(ask('action=auth.&result=refused&cursor=abc')).toEqual({ action: 'auth.', result: 'refused', cursor: 'abc' })
})

test('a day begins and ends in Dubai', () => {
  expect(ask('from=2026-11-23&to=2026-11-23')).toEqual({
    from: '2026-11-22T20:00:00.000Z',
    to: '2026-11-23T19:59:59.999Z',
  })
})

test('what is no filter is left out instead of refused', () => {
  expect(ask('result=odd&actorId=nobody&from=yesterday&event=4&sort=-at')).toEqual({})
})
