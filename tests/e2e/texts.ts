import { expect } from 'vitest'
import type { Shop } from './shop.ts'

interface Texts {
  texts: { code: string | null }[]
}

async function codesTo(shop: Shop, phone: string): Promise<string[]> {
  const response = await fetch(`${shop.sandbox.url}/texts.json?to=${encodeURIComponent(phone)}`)
  const { texts } = (await response.json()) as Texts
  return texts.flatMap(({ code }) => code ?? [])
}

/** Waits until a number has got so many codes, and gives the newest. */
export async function codeTo(shop: Shop, phone: string, count = 1): Promise<string> {
  await expect.poll(async () => (await codesTo(shop, phone)).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count)
  const [newest = ''] = await codesTo(shop, phone)
  return newest
}
