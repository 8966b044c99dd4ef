import { describe, expect, test } from 'vitest'
import { BreakerOpenError, createBreaker } from './breaker.ts'

class Refusal extends Error {}

function start() {
  let now = Date.UTC(2026, 10, 23, 8)
  const breaker = createBreaker({
    clock: { now: () => new Date(now) },
    isFailure: (error) => !(error instanceof Refusal),
  })
  async function answer(error?: Error): Promise<string> {
    try {
      return await breaker.run(async () => {
        if (error) throw error
        return 'answer'
      })
    } catch (thrown) {
      return thrown instanceof BreakerOpenError ? 'open' : 'failed'
    }
  }
  return {
    breaker,
    succeed: () => answer(),
    fail: () => answer(new Error('down')),
    refuse: () => answer(new Refusal()),
    pass: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

async function times(count: number, call: () => Promise<string>): Promise<void> {
  for (let done = 0; done < count; done += 1) await call() // in turn: the window is judged call by call
}

describe('the breaker', () => {
  test('opens at the twentieth call of which half failed, and not before', async () => {
    const { breaker, succeed, fail } = start()
    await times(10, succeed)
    await times(9, fail)
    expect(breaker.isOpen).toBe(false)
    expect(await fail()).toBe('failed')
    expect(breaker.isOpen).toBe(true)
    expect(await succeed()).toBe('open')
  })

  test('counts thirty seconds only', async () => {
    const { breaker, fail, pass } = start()
    await times(19, fail)
    pass(30)
    await times(19, fail)
    expect(breaker.isOpen).toBe(false)
  })

  test('takes a refusal for an answer', async () => {
    const { breaker, refuse } = start()
    await times(40, refuse)
    expect(breaker.isOpen).toBe(false)
  })

  test('lets one call through every fifteen seconds, and closes when that is answered', async () => {
    const { breaker, succeed, fail, refuse, pass } = start()
    await times(20, fail)
    pass(14)
    expect(await succeed()).toBe('open')
    pass(1)
    expect(await fail()).toBe('failed')
    expect(await succeed()).toBe('open')
    pass(15)
    const [probe, other] = await Promise.all([refuse(), succeed()])
    expect([probe, other]).toEqual(['failed', 'open'])
    expect(breaker.isOpen).toBe(false)
    expect(await succeed()).toBe('answer')
  })

  test('starts counting anew once it has closed', async () => {
    const { breaker, succeed, fail, pass } = start()
    await times(20, fail)
    pass(15)
    await succeed()
    await times(18, fail)
    expect(breaker.isOpen).toBe(false)
  })
})
