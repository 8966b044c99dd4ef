import { inviteStaff } from '@dhow/contracts/staff.ts'
import type { RoleView } from '@dhow/contracts/staff.ts'
import { endonyms, locales } from '@dhow/i18n/locales.ts'
import { useState } from 'react'
import { call } from '../../app/api.ts'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../ui/Field.tsx'
import { Form } from '../../ui/Form.tsx'
import { toast } from '../../ui/toasts.ts'
import { textOf, textsOf, useForm } from '../../ui/useForm.ts'
import { RoleChoice } from './RoleChoice.tsx'

interface InviteProps {
  roles: readonly RoleView[]
  onClose: () => void
}

function InviteForm({ roles, onClose }: InviteProps) {
  const { t, locale } = useWords()
  // One key for one opening of the dialog: a lost answer is asked for again without inviting twice.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const form = useForm({
    schema: inviteStaff.body,
    read: (fields) => ({
      email: textOf(fields, 'email'),
      roleIds: textsOf(fields, 'roleIds'),
      locale: textOf(fields, 'locale') === 'ar' ? ('ar' as const) : ('en' as const),
      ...(textOf(fields, 'reason').trim() ? { reason: textOf(fields, 'reason') } : {}),
    }),
    check: (fields) => (textsOf(fields, 'roleIds').length === 0 ? { roleIds: 'choose-one' } : {}),
    send: (body) => call(inviteStaff, { body, idempotencyKey }),
    onDone: (change) => {
      onClose()
      toast(
        change.kind === 'done'
          ? t('admin.staff.invite.done', { email: change.member.email })
          : t('admin.staff.invite.asked', { email: change.member.email }),
      )
    },
  })
  return (
    <Form
      form={form}
      actions={
        <DialogActions>
          <Button onPress={onClose}>{t('admin.actions.cancel')}</Button>
          <Button type="submit" kind="main" isBusy={form.state.isBusy}>
            {t('admin.staff.invite.submit')}
          </Button>
        </DialogActions>
      }
    >
      <TextField
        name="email"
        type="email"
        label={t('admin.fields.email')}
        form={form.state}
        inputMode="email"
        autoComplete="off"
        isLatin
        isFirst
      />
      <RoleChoice roles={roles} chosen={[]} form={form.state} />
      <SelectField
        name="locale"
        label={t('admin.staff.invite.language')}
        value={locale}
        options={locales.map((value) => ({ value, label: endonyms[value] }))}
      />
      <TextField
        name="reason"
        label={t('admin.fields.reason')}
        hint={t('admin.staff.invite.reasonHint')}
        form={form.state}
        maxLength={200}
        isOptional
      />
    </Form>
  )
}

/** Whom to invite, as what, in which language. */
export function InviteDialog({ isOpen, roles, onClose }: InviteProps & { isOpen: boolean }) {
  const { t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('admin.staff.invite.title')} lead={t('admin.staff.invite.lead')}>
      <InviteForm roles={roles} onClose={onClose} />
    </Dialog>
  )
}
