import { NewPassword } from '@dhow/contracts/auth.ts'
import { expect, test } from 'vitest'
import { commonList, comparable, encodeList, openList } from './common-list.ts'
import { isGuessable, ownWords } from './weak-password.ts'

const list = await commonList()
const person = { name: 'Mariam Al Suwaidi', phone: '+971501234567', email: 'mariam.suwaidi86@example.com' }
const own = ownWords(person, ['Dhow', 'داو'])
const isRefused = (password: string): boolean => isGuessable(password, { list, own })

const codeOf = (password: string): string | undefined => NewPassword.safeParse(password).error?.issues[0]?.message

test('AU-1: fourteen characters are too short and fifteen are enough, whatever they are', () => {
  expect(codeOf('lantern creek1')).toBe('password-too-short')
  expect(codeOf('lantern creek 1')).toBeUndefined()
  expect(codeOf('قمر على خور دبي')).toBeUndefined()
  expect(codeOf('🌴🌙🐪⛵🏜🌴🌙🐪⛵🏜🌴🌙🐪⛵')).toBe('password-too-short')
})

test('AU-1: 128 characters are taken whole and 129 are refused, never cut', () => {
  const long = 'lantern '.repeat(16)
  expect(NewPassword.parse(long)).toBe(long)
  expect(codeOf(`${long}x`)).toBe('password-too-long')
})

test('AU-1: two ways of writing one letter are the same password, and nothing else is changed', () => {
  expect(NewPassword.parse(' café in the souq ')).toBe(NewPassword.parse(' café in the souq '))
  expect(NewPassword.parse(' café in the souq ')).toHaveLength(18)
})

test('AU-2: the list has hundreds of thousands of entries, and finds those that are in it', async () => {
  for (const entry of ['password', 'qwertyuiop', 'iloveyou', '1q2w3e4r5t6y', 'passwordpassword', 'mychemicalromance'])
    expect(list.has(comparable(entry)), entry).toBe(true)
  let hits = 0
  for (let index = 0; index < 2000; index += 1) if (list.has(`not in any list ${index}`)) hits += 1
  expect(hits).toBe(0)
})

test('AU-2: a list is read back as it was written, each entry and no other', () => {
  const words = Array.from({ length: 5000 }, (_, index) => `word number ${index}`)
  const read = openList(encodeList([...words, 'SHOUTED', 'short']))
  expect(words.every((word) => read.has(word))).toBe(true)
  expect(read.has('shouted')).toBe(true)
  expect(read.has('short')).toBe(false)
  expect(Array.from({ length: 5000 }, (_, index) => read.has(`word number ${index + 5000}`)).some(Boolean)).toBe(false)
})

test.each([
  ['listed as it is', 'MyChemicalRomance'],
  ['one letter over and over', 'aaaaaaaaaaaaaaa'],
  ['one Arabic letter over and over', 'ححححححححححححححح'],
  ['a short pattern repeated', 'xk3xk3xk3xk3xk3'],
  ['a listed word twice', 'passwordpassword'],
  ['a listed word with spaces and numbers', 'monkey monkey 123'],
  ['a listed word before a run of digits', 'password1234567'],
  ['a listed word decorated', 'sunshine!!!!!!!1'],
  ['a listed word behind digits and signs', '2026!!__Football'],
  ['a listed word in disguise', 'P@ssw0rd12345678'],
  ['the shop and the city', 'dhow-dubai-souq-1'],
  ['the city twice with a year', 'Dubai2026Dubai2026'],
  ['the city in Arabic', 'دبي دبي سوق دبي 2026'],
  ['their name and year', 'MariamSuwaidi1986'],
  ['their name and phone', 'mariam0501234567'],
  ['their phone twice', '+971501234567 0501234567'],
  ['the local part of their address', 'mariam.suwaidi86!!!'],
  ['a run of digits', '012345678901234'],
  ['a run along the keyboard', 'qwertyuiopasdfg'],
  ['a run along an Arabic keyboard', 'ضصثقفغعهخحجد123'],
  ['columns of the keyboard', '1qaz2wsx3edc4rfv'],
])('AU-2: %s is refused', (_what, password) => {
  expect(codeOf(password)).toBeUndefined()
  expect(isRefused(password)).toBe(true)
})

test.each([
  'correct horse battery staple',
  'a lantern on the creek',
  'مركب شراعي في خور دبي القديم',
  'dragon8f3k29vq7',
  '4829174650913847',
  'Zq7!vLw2#nRt9@x',
  'violet camel under rain',
])('AU-2: %s is taken', (password) => {
  expect(isRefused(password)).toBe(false)
})
