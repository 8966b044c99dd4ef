import type { StaffActor } from '../../platform/auth/actor.ts'
import type { ClientFacts } from '../../platform/auth/client.ts'

/** Who changes something and from where; `system` is a job, or the console of the server. */
export interface Acting {
  actor: StaffActor | 'system'
  client?: ClientFacts
}

export const idOf = ({ actor }: Acting): string | null => (actor === 'system' ? null : actor.accountId)
