import { updateStaffSelf } from '@dhow/contracts/staff-auth.ts'
import { endonyms, locales } from '@dhow/i18n/locales.ts'
import { call } from '../../app/api.ts'
import { roleNames } from '../../app/role-names.ts'
import { reloadSelf, useSelf } from '../../app/session.ts'
import { speak, useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card, Facts } from '../../ui/Card.tsx'
import { SelectField, TextField } from '../../ui/Field.tsx'
import { Form } from '../../ui/Form.tsx'
import { toast } from '../../ui/toasts.ts'
import { textOf, useForm } from '../../ui/useForm.ts'
import styles from './account.module.css'

/** One's name and language; the e-mail and the roles are for others to change. */
export function ProfileCard() {
  const { t, locale } = useWords()
  const self = useSelf()
  const form = useForm({
    schema: updateStaffSelf.body,
    read: (fields) => ({
      name: textOf(fields, 'name'),
      locale: textOf(fields, 'locale') === 'ar' ? ('ar' as const) : ('en' as const),
    }),
    send: (body) => call(updateStaffSelf, { body }),
    onDone: (saved) => {
      void speak(saved.locale).then(reloadSelf)
      toast(t('admin.account.saved'))
    },
  })
  return (
    <Card title={t('admin.account.profile')}>
      <Form
        form={form}
        actions={
          <div className={styles['actions']}>
            <Button type="submit" kind="main" isBusy={form.state.isBusy}>
              {t('admin.account.save')}
            </Button>
          </div>
        }
      >
        <Facts
          items={[
            { name: t('admin.fields.email'), value: <bdi>{self.email}</bdi> },
            { name: t('admin.staff.columns.roles'), value: roleNames(self.roles, locale) },
          ]}
        />
        <div className={styles['pair']}>
          <TextField
            name="name"
            label={t('admin.fields.name')}
            value={self.name}
            form={form.state}
            autoComplete="name"
            maxLength={80}
          />
          <SelectField
            key={locale}
            name="locale"
            label={t('admin.account.language')}
            value={locale}
            options={locales.map((value) => ({ value, label: endonyms[value] }))}
          />
        </div>
      </Form>
    </Card>
  )
}
