import { randomInt } from 'node:crypto'

/** Crockford's base32: no I, L, O, U, so that what is read aloud or copied from paper is not mistaken. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const SELECTOR_LENGTH = 4
/** 16 × 5 bits = 80. */
const SECRET_LENGTH = 16
const GROUP_LENGTH = 5

const randomText = (length: number): string => Array.from({ length }, () => alphabet[randomInt(32)]).join('')

/** The secret half of a new code. */
export const newRecoverySecret = (): string => randomText(SECRET_LENGTH)

/** Which code it is, said by its first letters, so that one hash is checked and not ten. No secret: derived from the row's id. */
export const selectorOf = (derivedToken: string): string =>
  Array.from(Buffer.from(derivedToken, 'base64url').subarray(0, SELECTOR_LENGTH), (byte) => alphabet[byte & 31]).join(
    '',
  )

/** As it is shown: `4F7QX-…`, four groups of five. */
export const printRecoveryCode = (selector: string, secret: string): string =>
  (`${selector}${secret}`.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g')) ?? []).join('-')

const wholeCode = new RegExp(`^[${alphabet}]{${SELECTOR_LENGTH + SECRET_LENGTH}}$`)

export interface RecoveryCodeParts {
  selector: string
  secret: string
}

/** Reads a code in any case, with or without dashes, O for 0 and I or L for 1. Undefined when it cannot be one. */
export function readRecoveryCode(typed: string): RecoveryCodeParts | undefined {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (!wholeCode.test(text)) return undefined
  return { selector: text.slice(0, SELECTOR_LENGTH), secret: text.slice(SELECTOR_LENGTH) }
}
