import { makeId } from '../platform/ids.ts'
import type { Address, MailRequest, Personalisation } from './mail-rules.ts'

export type InboxMail = {
  id: string
  /** Answered as `X-Message-Id`; several mails share one when a request had several personalisations. */
  messageId: string
  receivedAt: string
  from: Address
  to: Address[]
  cc: Address[]
  bcc: Address[]
  replyTo: Address | null
  subject: string
  text: string | null
  html: string | null
  headers: Record<string, string>
  categories: string[]
  customArgs: Record<string, string>
  templateId: string | null
  attachments: { filename: string; type: string; bytes: number }[]
}

export type Inbox = {
  receive: (mail: MailRequest, nowMs: number) => string
  /** Newest first; `to` narrows to one recipient, in any case. */
  list: (to?: string) => InboxMail[]
  find: (id: string) => InboxMail | undefined
  clear: () => void
}

const KEPT_MAILS = 500

export function createInbox(): Inbox {
  let mails: InboxMail[] = []
  return {
    receive(mail, nowMs) {
      const messageId = makeId('', 22)
      const received = mail.personalizations.map((entry) => toInboxMail({ mail, entry, messageId, nowMs }))
      mails = [...received.toReversed(), ...mails].slice(0, KEPT_MAILS)
      return messageId
    },
    list(to) {
      if (to === undefined) return mails
      const wanted = to.toLowerCase()
      return mails.filter((mail) =>
        [...mail.to, ...mail.cc, ...mail.bcc].some(({ email }) => email.toLowerCase() === wanted),
      )
    },
    find: (id) => mails.find((mail) => mail.id === id),
    clear() {
      mails = []
    },
  }
}

type Incoming = { mail: MailRequest; entry: Personalisation; messageId: string; nowMs: number }

function toInboxMail({ mail, entry, messageId, nowMs }: Incoming): InboxMail {
  const part = (type: string) => mail.content?.find((content) => content.type === type)?.value ?? null
  return {
    id: makeId('', 12),
    messageId,
    receivedAt: new Date(nowMs).toISOString(),
    from: mail.from,
    to: entry.to,
    cc: entry.cc ?? [],
    bcc: entry.bcc ?? [],
    replyTo: mail.reply_to ?? mail.reply_to_list?.[0] ?? null,
    subject: entry.subject ?? mail.subject ?? '',
    text: part('text/plain'),
    html: part('text/html'),
    headers: { ...mail.headers, ...entry.headers },
    categories: mail.categories ?? [],
    customArgs: textValues({ ...mail.custom_args, ...entry.custom_args }),
    templateId: mail.template_id ?? null,
    attachments: (mail.attachments ?? []).map(({ filename, type, content }) => ({
      filename,
      type: type ?? 'application/octet-stream',
      bytes: Math.floor((content.replace(/=+$/, '').length * 3) / 4),
    })),
  }
}

function textValues(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]))
}
