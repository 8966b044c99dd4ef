/** One message to one person. */
export interface EmailMessage {
  to: string
  from: { email: string; name: string }
  subject: string
  text: string
  html: string
  /** Ours, opaque: comes back in delivery events. */
  notificationId: string
  category: string
}

export type SendOutcome =
  | { kind: 'accepted'; providerRef: string }
  | { kind: 'refused'; reason: string } // the message is wrong: trying again changes nothing
  | { kind: 'retry'; afterSeconds: number; cause: unknown }

export type SendEmail = (message: EmailMessage) => Promise<SendOutcome>
