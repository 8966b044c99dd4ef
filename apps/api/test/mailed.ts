import type { TestApp } from './app.ts'

/** The mails an address has got, newest last, after all jobs are done. */
export async function mailsTo(app: Pick<TestApp, 'worker' | 'sandbox'>, email: string) {
  await app.worker.runJobs()
  return app.sandbox.control.inbox(email).toReversed()
}

/** The token of the link in the newest mail to an address whose link leads to `page`. Throws when there is none. */
export async function mailedToken(
  app: Pick<TestApp, 'worker' | 'sandbox'>,
  email: string,
  page: 'verify' | 'reset' | 'email' | 'undo',
): Promise<string> {
  const mails = await mailsTo(app, email)
  const tokens = mails.flatMap(
    ({ text }) => new RegExp(`/account/${page}\\?token=([\\w-]{43})`).exec(text ?? '')?.[1] ?? [],
  )
  const token = tokens.at(-1)
  if (!token)
    throw new Error(`no mail to ${email} with a link to ${page}, but: ${mails.map((mail) => mail.subject).join('; ')}`)
  return token
}
