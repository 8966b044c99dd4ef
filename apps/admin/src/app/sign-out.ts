import { staffLogout } from '@dhow/contracts/staff-auth.ts'
import { client, forgetSession } from './session.ts'

/** Ends the session here and at the API. Throws when the API could not be told: then the cookies are still good. */
export async function signOut(): Promise<void> {
  await client.call(staffLogout, {})
  forgetSession()
}
