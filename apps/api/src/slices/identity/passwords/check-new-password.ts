import type { AppContext } from '../../../context.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { commonList } from './common-list.ts'
import { isGuessable, ownWords } from './weak-password.ts'
import type { Person } from './weak-password.ts'

/** AU-2. Throws `request/invalid` with `password-common` at `pointer` when it is one that would be guessed early. */
export async function requireUncommonPassword(
  { config }: Pick<AppContext, 'config'>,
  choice: { password: string; person: Person; pointer?: string },
): Promise<void> {
  const { password, person, pointer = '/password' } = choice
  const own = ownWords(person, [config.MERCHANT_NAME_EN, config.MERCHANT_NAME_AR])
  if (isGuessable(password, { list: await commonList(), own }))
    throw new Problem('request/invalid', { errors: [{ pointer, code: 'password-common' }] })
}
