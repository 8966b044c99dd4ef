import { addOwnStaffPasskey, beginOwnStaffPasskey } from '@dhow/contracts/staff-auth.ts'
import { call } from '../../app/api.ts'
import { makePasskeyFor } from '../../app/passkeys.ts'
import { reloadSelf } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Form } from '../../ui/Form.tsx'
import { toast } from '../../ui/toasts.ts'
import { textOf, useForm } from '../../ui/useForm.ts'

function PasskeyForm({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const form = useForm({
    read: (fields) => textOf(fields, 'name'),
    check: (fields) => (textOf(fields, 'name').trim() ? {} : { name: 'required' }),
    send: async (name) => {
      const made = await makePasskeyFor(await call(beginOwnStaffPasskey, {}))
      return call(addOwnStaffPasskey, { body: { ...made, name } })
    },
    onDone: () => {
      onClose()
      toast(t('admin.passkeys.added'))
      void reloadSelf()
    },
  })
  return (
    <Form
      form={form}
      actions={
        <DialogActions>
          <Button onPress={onClose}>{t('admin.actions.cancel')}</Button>
          <Button type="submit" kind="main" icon="key" isBusy={form.state.isBusy}>
            {t('admin.passkeys.make')}
          </Button>
        </DialogActions>
      }
    >
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

/** Another passkey for one's own account. */
export function PasskeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('admin.passkeys.add')} lead={t('admin.passkeys.addLead')}>
      <PasskeyForm onClose={onClose} />
    </Dialog>
  )
}
