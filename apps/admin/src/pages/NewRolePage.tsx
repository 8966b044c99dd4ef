import { createRole } from '@dhow/contracts/staff.ts'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../app/api.ts'
import { roleName } from '../app/role-names.ts'
import { useWords } from '../app/words.tsx'
import { RoleForm } from '../features/roles/RoleForm.tsx'
import { paths } from '../paths.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { toast } from '../ui/toasts.ts'

/** A role of the merchant's own, beginning with nothing. */
export function Page() {
  const { t, locale } = useWords()
  const navigate = useNavigate()
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  return (
    <>
      <PageHeader
        title={t('admin.roles.new')}
        lead={t('admin.roles.newLead')}
        crumbs={[{ to: paths.roles(), label: t('admin.roles.title') }]}
      />
      <RoleForm
        send={(body) => call(createRole, { body, idempotencyKey })}
        submitLabel={t('admin.roles.create')}
        actions={<ButtonLink to={paths.roles()}>{t('admin.actions.cancel')}</ButtonLink>}
        onDone={(role) => {
          toast(t('admin.roles.created', { name: roleName(role, locale) }))
          void navigate(paths.role(role.id))
        }}
      />
    </>
  )
}
