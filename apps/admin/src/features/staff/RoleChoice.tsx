import type { RoleView } from '@dhow/contracts/staff.ts'
import { CheckField, CheckGroup } from '../../ui/Field.tsx'
import type { FormState } from '../../ui/form.ts'
import { roleName } from '../../app/role-names.ts'
import { useWords } from '../../app/words.tsx'

interface RoleChoiceProps {
  roles: readonly RoleView[]
  chosen: readonly string[]
  form: FormState
}

/** Which roles somebody has. Those that take a second person say so before they are asked for. */
export function RoleChoice({ roles, chosen, form }: RoleChoiceProps) {
  const { t, locale } = useWords()
  return (
    <CheckGroup name="roleIds" label={t('admin.staff.columns.roles')} form={form}>
      {roles.map((role) => (
        <CheckField
          key={role.id}
          name="roleIds"
          value={role.id}
          label={roleName(role, locale)}
          hint={role.needsApproval ? t('admin.roles.needsApproval') : undefined}
          isChecked={chosen.includes(role.id)}
        />
      ))}
    </CheckGroup>
  )
}
