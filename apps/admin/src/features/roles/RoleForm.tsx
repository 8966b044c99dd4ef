import type { Permission } from '@dhow/contracts/permissions.ts'
import { Permission as PermissionSchema } from '@dhow/contracts/permissions.ts'
import { createRole } from '@dhow/contracts/staff.ts'
import type { RoleView } from '@dhow/contracts/staff.ts'
import type { BodyOf } from '@dhow/contracts/endpoint.ts'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useWords } from '../../app/words.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card, Stack } from '../../ui/Card.tsx'
import { CheckField, SelectField, TextField } from '../../ui/Field.tsx'
import { Form } from '../../ui/Form.tsx'
import { textOf, textsOf, useForm } from '../../ui/useForm.ts'
import { dirhamsOf, filsOf } from './aed.ts'
import { permissionGroups } from './permission-groups.ts'
import styles from './role-form.module.css'

type RoleBody = BodyOf<typeof createRole>

interface RoleFormProps {
  role?: RoleView
  send: (body: RoleBody) => Promise<RoleView>
  onDone: (role: RoleView) => void
  submitLabel: string
  /** Beside the button: the way back, or deleting. */
  actions?: ReactNode
}

const refundKinds = ['none', 'up-to', 'any'] as const
type RefundKind = (typeof refundKinds)[number]

function refundKindOf(limit: number | null | undefined): RefundKind {
  if (limit === undefined) return 'none'
  return limit === null ? 'any' : 'up-to'
}

const isPermission = (value: string): value is Permission => PermissionSchema.safeParse(value).success

function readBody(fields: FormData): RoleBody {
  const kind = textOf(fields, 'refundKind')
  const limit = kind === 'any' ? null : filsOf(textOf(fields, 'limits/refundUpTo'))
  return {
    nameEn: textOf(fields, 'nameEn'),
    nameAr: textOf(fields, 'nameAr'),
    permissions: textsOf(fields, 'permissions').filter(isPermission),
    limits: kind === 'none' || limit === undefined ? {} : { refundUpTo: limit },
  }
}

function checkLimit(fields: FormData): Record<string, string> {
  const isAmountNeeded = textOf(fields, 'refundKind') === 'up-to'
  return isAmountNeeded && filsOf(textOf(fields, 'limits/refundUpTo')) === undefined
    ? { 'limits/refundUpTo': 'invalid-amount' }
    : {}
}

function Permissions({ chosen }: { chosen: readonly Permission[] }) {
  const { t } = useWords()
  return (
    <div className={styles['groups']}>
      {permissionGroups.map(({ id, permissions }) => (
        <fieldset key={id} className={styles['group']}>
          <legend className={styles['legend']}>{t(`admin.roles.group.${id}`)}</legend>
          {permissions.map((permission) => (
            <CheckField
              key={permission}
              name="permissions"
              value={permission}
              label={t(`admin.permission.${permission}`)}
              isChecked={chosen.includes(permission)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  )
}

/** A role's two names, what it permits, and how far. */
export function RoleForm({ role, send, onDone, submitLabel, actions }: RoleFormProps) {
  const { t } = useWords()
  const limit = role?.limits.refundUpTo
  const [refundKind, setRefundKind] = useState<string>(refundKindOf(limit))
  const form = useForm({ schema: createRole.body, read: readBody, check: checkLimit, send, onDone })
  return (
    <Form
      form={form}
      actions={
        <div className={styles['actions']}>
          {actions}
          <Button type="submit" kind="main" isBusy={form.state.isBusy}>
            {submitLabel}
          </Button>
        </div>
      }
    >
      <Stack>
        <Card title={t('admin.roles.names')}>
          <div className={styles['pair']}>
            <TextField
              name="nameEn"
              label={t('admin.roles.nameEn')}
              value={role?.nameEn}
              form={form.state}
              maxLength={60}
              isLatin
            />
            <TextField
              name="nameAr"
              label={t('admin.roles.nameAr')}
              value={role?.nameAr}
              form={form.state}
              maxLength={60}
            />
          </div>
        </Card>
        <Card title={t('admin.roles.permissions')} lead={t('admin.roles.permissionsLead')}>
          <Permissions chosen={role?.permissions ?? []} />
        </Card>
        <Card title={t('admin.roles.limits')} lead={t('admin.roles.limitsLead')}>
          <div className={styles['pair']}>
            <SelectField
              name="refundKind"
              label={t('admin.roles.refunds')}
              value={refundKind}
              onChange={setRefundKind}
              options={refundKinds.map((value) => ({ value, label: t(`admin.roles.refund.${value}`) }))}
            />
            {refundKind === 'up-to' && (
              <TextField
                name="limits/refundUpTo"
                label={t('admin.roles.refundUpTo')}
                value={typeof limit === 'number' ? dirhamsOf(limit) : ''}
                form={form.state}
                inputMode="decimal"
                unit={t('admin.roles.currency')}
                maxLength={12}
                isLatin
              />
            )}
          </div>
        </Card>
      </Stack>
    </Form>
  )
}
