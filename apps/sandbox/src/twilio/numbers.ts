/** What a number a person can type brings about. `verify` and `message` are error codes at once; `later` comes by callback. */
export type Sentinel = {
  number: string
  note: string
  verify?: number
  message?: number
  /** The message is taken, then ends so. */
  later?: { status: 'undelivered' | 'sent'; errorCode: number | null }
  /** The request takes effect, but the connection is cut before the answer. */
  isCut?: boolean
}

/** UAE mobiles, so that a shop's own check lets them through. Type 058 555 00xx. */
export const SENTINEL_NUMBERS: readonly Sentinel[] = [
  {
    number: '+971585550001',
    note: 'the handset cannot be reached: taken, then undelivered (30003)',
    later: { status: 'undelivered', errorCode: 30003 },
  },
  {
    number: '+971585550002',
    note: 'the carrier filters the text: taken, then undelivered (30007)',
    later: { status: 'undelivered', errorCode: 30007 },
  },
  {
    number: '+971585550003',
    note: 'the carrier confirms nothing: stays sent',
    later: { status: 'sent', errorCode: null },
  },
  { number: '+971585550004', note: 'the recipient opted out: 21610 for messages', message: 21610 },
  { number: '+971585550005', note: 'a landline after all: 60205, 21614 for messages', verify: 60205, message: 21614 },
  { number: '+971585550006', note: 'the connection is cut before the answer; the text arrives', isCut: true },
  { number: '+971585550007', note: 'sent too often already: 60203, 20429 for messages', verify: 60203, message: 20429 },
  { number: '+971585550008', note: 'Fraud Guard blocks the prefix: 60410', verify: 60410 },
  {
    number: '+971585550009',
    note: 'the country is switched off: 60605, 21408 for messages',
    verify: 60605,
    message: 21408,
  },
  { number: '+971585550010', note: 'no such number: 60200, 21211 for messages', verify: 60200, message: 21211 },
]

export const sentinelOf = (number: string): Sentinel | undefined =>
  SENTINEL_NUMBERS.find((sentinel) => sentinel.number === number)

/** Twilio's own test numbers (twilio.com/docs/iam/test-credentials). */
export const MAGIC_TO: Readonly<Record<string, number>> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
}
export const MAGIC_FROM: Readonly<Record<string, number>> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
}
