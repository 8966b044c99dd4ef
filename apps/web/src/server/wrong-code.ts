import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { FormValues } from '../framework/form.ts'
import type { ActionResult } from '../framework/page.ts'
import { refusedFields } from './forms.ts'

/** Says under the field that a code was not right, which is where it is typed again. Other errors are thrown on. */
export async function tellWrongCode(
  form: FormValues,
  name: string,
  act: () => Promise<ActionResult>,
): Promise<ActionResult> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'auth/code-invalid') throw error
    return refusedFields(form, [{ pointer: `/${name}`, code: 'wrong-code' }])
  }
}
