import { changeStaffPassword } from '@dhow/contracts/staff-auth.ts'
import { call } from '../../app/api.ts'
import { useSelf } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Form } from '../../ui/Form.tsx'
import { toast } from '../../ui/toasts.ts'
import { textOf, useForm } from '../../ui/useForm.ts'
import styles from './account.module.css'

/** Another password; every other session ends with it. */
export function PasswordCard() {
  const { t } = useWords()
  const self = useSelf()
  const form = useForm({
    schema: changeStaffPassword.body,
    read: (fields) => ({
      currentPassword: textOf(fields, 'currentPassword'),
      newPassword: textOf(fields, 'newPassword'),
    }),
    check: (fields) => (textOf(fields, 'newPassword') === textOf(fields, 'again') ? {} : { again: 'not-same' }),
    send: (body) => call(changeStaffPassword, { body }),
    onDone: () => {
      form.ref.current?.reset()
      toast(t('admin.account.passwordDone'))
    },
  })
  return (
    <Card title={t('admin.account.password')} lead={t('admin.account.passwordLead')}>
      <Form
        form={form}
        actions={
          <div className={styles['actions']}>
            <Button type="submit" isBusy={form.state.isBusy}>
              {t('admin.account.passwordSubmit')}
            </Button>
          </div>
        }
      >
        <input type="email" name="email" value={self.email} autoComplete="username" readOnly hidden />
        <TextField
          name="currentPassword"
          type="password"
          label={t('admin.account.currentPassword')}
          form={form.state}
          autoComplete="current-password"
          isLatin
        />
        <div className={styles['pair']}>
          <TextField
            name="newPassword"
            type="password"
            label={t('admin.fields.newPassword')}
            hint={t('admin.fields.passwordHint')}
            form={form.state}
            autoComplete="new-password"
            isLatin
          />
          <TextField
            name="again"
            type="password"
            label={t('admin.fields.passwordAgain')}
            form={form.state}
            autoComplete="new-password"
            isLatin
          />
        </div>
      </Form>
    </Card>
  )
}
