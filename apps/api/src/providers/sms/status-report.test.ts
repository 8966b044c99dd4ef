import { createHash } from 'node:crypto'
import twilio from 'twilio'
import { expect, test } from 'vitest'
import { readStatusReport } from './status-report.ts'

const config = { PUBLIC_API_URL: 'https://shop.example', TWILIO_AUTH_TOKEN: '12345' }
const providerRef = 'SM00000000000000000000000000000001'
const fields = {
  AccountSid: 'AC00000000000000000000000000000001',
  MessageSid: providerRef,
  MessageStatus: 'delivered',
  To: '+971501234567',
}
const path = '/webhooks/twilio'
const formOf = (values: Record<string, string>): string => new URLSearchParams(values).toString()
const sign = (url: string, values: Record<string, string>): string =>
  twilio.getExpectedTwilioSignature(config.TWILIO_AUTH_TOKEN, url, values)
const read = (rawBody: string, signature: string | undefined, at = path) =>
  readStatusReport(config, { path: at, rawBody, signature }, twilio.validateRequest)

test('the known vector is genuine: the address as seen from outside, whatever proxies made of it', () => {
  expect(read(formOf(fields), 'c7L+RFRVlX6kTnOmSB0509/iEHg=')).toEqual({
    kind: 'report',
    report: { providerRef, state: 'delivered', errorCode: null },
  })
})

test('a field nobody knows yet is signed too and does no harm', () => {
  const more = { ...fields, RawDlrDoneDate: '2611231000', Zebra: 'Ünïcode ر' }
  expect(read(formOf(more), sign(`https://shop.example${path}`, more))).toMatchObject({ kind: 'report' })
})

test.each([
  ['no signature', formOf(fields), undefined],
  ['another status', formOf({ ...fields, MessageStatus: 'sent' }), 'c7L+RFRVlX6kTnOmSB0509/iEHg='],
  ['a field more', formOf({ ...fields, ErrorCode: '1' }), 'c7L+RFRVlX6kTnOmSB0509/iEHg='],
  ['another address', formOf(fields), sign('http://127.0.0.1:4000/webhooks/twilio', fields)],
  ['no base64', formOf(fields), 'é'],
])('%s is forged', (_case, body, signature) => {
  expect(read(body, signature)).toEqual({ kind: 'forged' })
})

test('a JSON body is signed by its hash in the address', () => {
  const body = JSON.stringify({ MessageSid: providerRef, MessageStatus: 'undelivered', ErrorCode: '30003' })
  const at = `${path}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`
  const signature = sign(`https://shop.example${at}`, {})
  const report = { providerRef, state: 'undelivered', errorCode: '30003' }
  expect(read(body, signature, at)).toEqual({ kind: 'report', report })
  expect(read(`${body} `, signature, at)).toEqual({ kind: 'forged' })
})

test('a status of no consequence is ignored', () => {
  const sending = { ...fields, MessageStatus: 'sending' }
  expect(read(formOf(sending), sign(`https://shop.example${path}`, sending))).toEqual({ kind: 'ignored' })
})
