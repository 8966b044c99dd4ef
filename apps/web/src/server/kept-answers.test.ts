import { expect, test, vi } from 'vitest'
import { keepAnswers } from './kept-answers.ts'

test('many who ask at once cause one question, and a minute later one more', async () => {
  let now = 0
  const ask = vi.fn<() => Promise<number>>(() => Promise.resolve(now))
  const kept = keepAnswers<string, number>(() => now)
  expect(await Promise.all([kept.get('a', ask), kept.get('a', ask)])).toEqual([0, 0])
  now = 60_001
  expect(await kept.get('a', ask)).toBe(0)
  expect(await kept.get('a', ask)).toBe(60_001)
  expect(ask).toHaveBeenCalledTimes(2)
})

test('an old answer is better than none, and the first failure is told', async () => {
  let now = 0
  const kept = keepAnswers<string, string>(() => now)
  const fail = () => Promise.reject(new Error('down'))
  await expect(kept.get('a', fail)).rejects.toThrow('down')
  await kept.get('a', () => Promise.resolve('there'))
  now = 600_000
  expect(await kept.get('a', fail)).toBe('there')
})

test('what need not be waited for is asked for, and known the next time', async () => {
  const ask = vi.fn<() => Promise<number>>(() => Promise.resolve(1))
  const kept = keepAnswers<string, number>(() => 0)
  expect(kept.known('a', ask)).toBeUndefined()
  await expect.poll(() => kept.known('a', ask)).toBe(1)
  expect(ask).toHaveBeenCalledOnce()
})
