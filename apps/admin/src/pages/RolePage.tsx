import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { problemCatalogue } from '@dhow/contracts/problems.ts'
import { deleteRole, listRoles, replaceRole } from '@dhow/contracts/staff.ts'
import type { RoleView } from '@dhow/contracts/staff.ts'
import { useState } from 'react'
import { useLoaderData, useNavigate } from 'react-router'
import type { LoaderFunctionArgs } from 'react-router'
import { call, load } from '../app/api.ts'
import { roleName } from '../app/role-names.ts'
import { useMay } from '../app/session.ts'
import { useWords } from '../app/words.tsx'
import { PermissionList } from '../features/roles/PermissionList.tsx'
import { RoleForm } from '../features/roles/RoleForm.tsx'
import { paths } from '../paths.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Card, Stack } from '../ui/Card.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { SkeletonLines } from '../ui/Skeleton.tsx'
import { toast } from '../ui/toasts.ts'

/** There is no endpoint for one role: the list is short, and the one asked for must be in it. */
async function findRole(roleId: string): Promise<RoleView> {
  const { items } = await load(listRoles, {})
  const role = items.find(({ id }) => id === roleId)
  if (role) return role
  const code = 'staff/role-not-found'
  throw new ApiProblem({ type: 'about:blank', instance: '/', requestId: '', code, ...problemCatalogue[code] })
}

export function loader({ params }: LoaderFunctionArgs) {
  const role = findRole(params['roleId'] ?? '')
  role.catch(() => {}) // shown by <Loaded>
  return { role }
}

function DeleteRole({ role }: { role: RoleView }) {
  const { t, locale } = useWords()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const name = roleName(role, locale)
  return (
    <>
      <Button kind="danger" icon="trash" onPress={() => setOpen(true)} isDisabled={role.memberCount > 0}>
        {t('admin.roles.delete')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('admin.roles.deleteTitle', { name })}
        lead={t('admin.roles.deleteLead')}
        action={t('admin.roles.delete')}
        done={t('admin.roles.deleted', { name })}
        isDangerous
        send={async () => {
          await call(deleteRole, { params: { roleId: role.id } })
          await navigate(paths.roles())
        }}
      />
    </>
  )
}

function Role({ role }: { role: RoleView }) {
  const { t, locale } = useWords()
  const may = useMay()
  const name = roleName(role, locale)
  const isEditable = role.isEditable && may('roles.write')
  return (
    <>
      <PageHeader
        title={name}
        lead={t('admin.roles.memberCount', { count: role.memberCount })}
        crumbs={[{ to: paths.roles(), label: t('admin.roles.title') }]}
        badge={role.needsApproval && <Badge tone="warn">{t('admin.roles.twoPeople')}</Badge>}
        actions={isEditable && role.code === null && <DeleteRole role={role} />}
      />
      {isEditable ? (
        <Stack>
          {role.memberCount > 0 && (
            <Notice>
              <p>{t('admin.roles.affects', { count: role.memberCount })}</p>
            </Notice>
          )}
          <RoleForm
            key={role.id}
            role={role}
            send={(body) => call(replaceRole, { params: { roleId: role.id }, body })}
            submitLabel={t('admin.roles.save')}
            onDone={(saved) => toast(t('admin.roles.saved', { name: roleName(saved, locale) }))}
          />
        </Stack>
      ) : (
        <Stack>
          <Notice>
            <p>{role.isEditable ? t('admin.roles.readOnly') : t('admin.roles.protectedWords')}</p>
          </Notice>
          <Card title={t('admin.roles.permissions')}>
            <PermissionList permissions={role.permissions} />
          </Card>
        </Stack>
      )}
    </>
  )
}

/** One role: changed by those who may, read by the others. */
export function Page() {
  const { t } = useWords()
  const { role } = useLoaderData<typeof loader>()
  return (
    <Loaded
      of={role}
      skeleton={
        <>
          <PageHeader title={t('admin.roles.name')} crumbs={[{ to: paths.roles(), label: t('admin.roles.title') }]} />
          <Card title={t('admin.roles.permissions')}>
            <SkeletonLines lines={12} />
          </Card>
        </>
      }
    >
      {(loaded) => <Role role={loaded} />}
    </Loaded>
  )
}
