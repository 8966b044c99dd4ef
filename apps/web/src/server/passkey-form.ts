import { WebAuthnResponse } from '@dhow/contracts/auth.ts'
import { z } from 'zod'
import type { FormValues } from '../framework/form.ts'

const Ceremony = z.object({ ceremonyId: z.uuid(), response: WebAuthnResponse })

/** What a passkey ceremony gave, from the fields its script sends; undefined when they are not that. */
export function parsePasskey({ ceremonyId, response }: FormValues): z.output<typeof Ceremony> | undefined {
  try {
    const parsed = Ceremony.safeParse({ ceremonyId, response: JSON.parse(response ?? '') })
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
