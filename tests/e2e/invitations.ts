import { expect } from 'vitest'
import type { BackOffice } from './back-office.ts'

/** Waits for somebody's invitation in the sandbox's inbox and gives the link in it. */
export async function invitationLink(office: BackOffice, email: string): Promise<string> {
  const link = () =>
    office.sandbox.control
      .inbox(email)
      .map(({ text }) => /https?:\/\/\S+\/invite\?token=\S+/.exec(text ?? '')?.[0])
      .find((found) => found !== undefined)
  await expect.poll(link, { timeout: 20_000 }).toBeDefined()
  return link() ?? ''
}
