import { beginStaffPasskeyEnrolment, finishStaffPasskeyEnrolment } from '@dhow/contracts/staff-auth.ts'
import type { ResponseOf } from '@dhow/contracts/endpoint.ts'
import { call } from '../../app/api.ts'
import { makePasskeyFor } from '../../app/passkeys.ts'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Form } from '../../ui/Form.tsx'
import { textOf, useForm } from '../../ui/useForm.ts'

interface PasskeyEnrolmentProps {
  onDone: (answer: ResponseOf<typeof finishStaffPasskeyEnrolment>) => void
}

/** Makes a passkey the second factor. */
export function PasskeyEnrolment({ onDone }: PasskeyEnrolmentProps) {
  const { t } = useWords()
  const form = useForm({
    read: (fields) => textOf(fields, 'name'),
    check: (fields) => (textOf(fields, 'name').trim() ? {} : { name: 'required' }),
    send: async (name) => {
      const made = await makePasskeyFor(await call(beginStaffPasskeyEnrolment, {}))
      return call(finishStaffPasskeyEnrolment, { body: { ...made, name } })
    },
    changesData: false,
    onDone,
  })
  return (
    <Form
      form={form}
      actions={
        <Button type="submit" kind="main" icon="key" isBusy={form.state.isBusy}>
          {t('admin.passkeys.make')}
        </Button>
      }
    >
      <p>{t('admin.enrol.passkeyWords')}</p>
      <TextField
        name="name"
        label={t('admin.passkeys.name')}
        hint={t('admin.passkeys.nameHint')}
        form={form.state}
        maxLength={60}
        isFirst
      />
    </Form>
  )
}
