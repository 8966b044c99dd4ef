/** One message to one person. */
export interface EmailMessage {
  to: string
  from: { email: string; name: string }
  /** Where an answer goes: people, not the sending address. */
  replyTo: string
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
  | { kind: 'retry'; afterSeconds: number; cause: unknown } // certainly not sent
  | { kind: 'locked-out'; reason: string } // the provider refuses us, not the message: not sent, and a person must act
  | { kind: 'unknown'; cause: unknown } // no answer to what may have arrived: sending again could make it two

export type SendEmail = (message: EmailMessage) => Promise<SendOutcome>
