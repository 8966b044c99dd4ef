import { setStaffRoles } from '@dhow/contracts/staff.ts'
import type { RoleView, StaffMember } from '@dhow/contracts/staff.ts'
import { call } from '../../app/api.ts'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Form } from '../../ui/Form.tsx'
import { toast } from '../../ui/toasts.ts'
import { textOf, textsOf, useForm } from '../../ui/useForm.ts'
import { RoleChoice } from './RoleChoice.tsx'

interface RolesProps {
  member: StaffMember
  roles: readonly RoleView[]
  onClose: () => void
}

function RolesForm({ member, roles, onClose }: RolesProps) {
  const { t } = useWords()
  const form = useForm({
    schema: setStaffRoles.body,
    read: (fields) => ({ roleIds: textsOf(fields, 'roleIds'), reason: textOf(fields, 'reason') }),
    check: (fields) => (textsOf(fields, 'roleIds').length === 0 ? { roleIds: 'choose-one' } : {}),
    send: (body) => call(setStaffRoles, { params: { staffId: member.id }, body }),
    onDone: (change) => {
      onClose()
      toast(change.kind === 'done' ? t('admin.staff.rolesDone') : t('admin.staff.rolesAsked'))
    },
  })
  return (
    <Form
      form={form}
      actions={
        <DialogActions>
          <Button onPress={onClose}>{t('admin.actions.cancel')}</Button>
          <Button type="submit" kind="main" isBusy={form.state.isBusy}>
            {t('admin.staff.rolesSubmit')}
          </Button>
        </DialogActions>
      }
    >
      <RoleChoice roles={roles} chosen={member.roles.map(({ id }) => id)} form={form.state} />
      <TextField
        name="reason"
        label={t('admin.fields.reason')}
        hint={t('admin.fields.reasonHint')}
        form={form.state}
        maxLength={200}
      />
    </Form>
  )
}

/** Changes what somebody may do, and asks why. */
export function RolesDialog({ isOpen, ...props }: RolesProps & { isOpen: boolean }) {
  const { t } = useWords()
  const name = props.member.name ?? props.member.email
  return (
    <Dialog isOpen={isOpen} onClose={props.onClose} title={t('admin.staff.rolesTitle', { name })}>
      <RolesForm {...props} />
    </Dialog>
  )
}
