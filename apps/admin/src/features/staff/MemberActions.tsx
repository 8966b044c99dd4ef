import { disableStaff, enableStaff, resendInvite, resetStaffFactors } from '@dhow/contracts/staff.ts'
import type { RoleView, StaffMember } from '@dhow/contracts/staff.ts'
import { useState } from 'react'
import { call } from '../../app/api.ts'
import { useSelf } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import type { MenuEntry } from '../../ui/MenuButton.tsx'
import { toast } from '../../ui/toasts.ts'
import { useAction } from '../../ui/useAction.ts'
import { RolesDialog } from './RolesDialog.tsx'

type Open = 'roles' | 'disable' | 'enable' | 'reset' | undefined

interface MemberActionsProps {
  member: StaffMember
  roles: readonly RoleView[]
}

/** What can be done about a staff member. Nobody shuts themselves out or resets their own factors: that would be no help. */
export function MemberActions({ member, roles }: MemberActionsProps) {
  const { t } = useWords()
  const self = useSelf()
  const [open, setOpen] = useState<Open>()
  const params = { staffId: member.id }
  const name = member.name ?? member.email
  const resend = useAction(async () => {
    await call(resendInvite, { params })
    toast(t('admin.staff.invite.again', { email: member.email }))
  })
  const close = () => setOpen(undefined)
  const isSelf = member.id === self.id
  const more: MenuEntry[] = [
    ...(member.status === 'invited'
      ? [{ id: 'resend', label: t('admin.staff.invite.resend'), icon: 'mail' as const, onAction: resend.run }]
      : []),
    ...(member.status === 'active' && !isSelf
      ? [{ id: 'reset', label: t('admin.staff.reset.action'), icon: 'key' as const, onAction: () => setOpen('reset') }]
      : []),
    ...(member.status === 'disabled'
      ? [
          {
            id: 'enable',
            label: t('admin.staff.enable.action'),
            icon: 'check' as const,
            onAction: () => setOpen('enable'),
          },
        ]
      : []),
  ]
  const dangerous: MenuEntry[] =
    member.status !== 'disabled' && !isSelf
      ? [
          {
            id: 'disable',
            label: t('admin.staff.disable.action'),
            icon: 'lock',
            isDangerous: true,
            onAction: () => setOpen('disable'),
          },
        ]
      : []
  return (
    <>
      <Button icon="edit" onPress={() => setOpen('roles')}>
        {t('admin.staff.rolesAction')}
      </Button>
      {more.length + dangerous.length > 0 && <MenuButton label={t('admin.actions.more')} groups={[more, dangerous]} />}
      <RolesDialog isOpen={open === 'roles'} member={member} roles={roles} onClose={close} />
      <ConfirmDialog
        isOpen={open === 'disable'}
        onClose={close}
        title={t('admin.staff.disable.title', { name })}
        lead={t('admin.staff.disable.lead')}
        action={t('admin.staff.disable.action')}
        done={t('admin.staff.disable.done', { name })}
        isDangerous
        reasonSchema={disableStaff.body}
        send={(body) => call(disableStaff, { params, body })}
      />
      <ConfirmDialog
        isOpen={open === 'enable'}
        onClose={close}
        title={t('admin.staff.enable.title', { name })}
        lead={t('admin.staff.enable.lead')}
        action={t('admin.staff.enable.action')}
        done={t('admin.staff.enable.done', { name })}
        reasonSchema={enableStaff.body}
        send={(body) => call(enableStaff, { params, body })}
      />
      <ConfirmDialog
        isOpen={open === 'reset'}
        onClose={close}
        title={t('admin.staff.reset.title', { name })}
        lead={t('admin.staff.reset.lead')}
        action={t('admin.staff.reset.action')}
        done={t('admin.staff.reset.done')}
        isDangerous
        reasonSchema={resetStaffFactors.body}
        send={(body) => call(resetStaffFactors, { params, body })}
      />
    </>
  )
}
