import type { Permission } from '@dhow/contracts/permissions.ts'
import { useWords } from '../../app/words.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { permissionGroups } from './permission-groups.ts'
import styles from './permission-list.module.css'

/** What a role permits, for reading: only what it does permit. */
export function PermissionList({ permissions }: { permissions: readonly Permission[] }) {
  const { t } = useWords()
  const granted: ReadonlySet<string> = new Set(permissions)
  const groups = permissionGroups
    .map((group) => ({ id: group.id, permissions: group.permissions.filter((permission) => granted.has(permission)) }))
    .filter((group) => group.permissions.length > 0)
  return (
    <div className={styles['groups']}>
      {groups.map((group) => (
        <section key={group.id}>
          <h3 className={styles['title']}>{t(`admin.roles.group.${group.id}`)}</h3>
          <ul className={styles['list']}>
            {group.permissions.map((permission) => (
              <li key={permission} className={styles['permission']}>
                <Icon name="check" isSmall />
                {t(`admin.permission.${permission}`)}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
