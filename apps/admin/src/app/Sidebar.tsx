import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { NavLink } from 'react-router'
import { IconButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Mark } from '../ui/Logo.tsx'
import { navigation } from './navigation.ts'
import type { NavEntry } from './navigation.ts'
import { mayDo, useSelf } from './session.ts'
import styles from './sidebar.module.css'
import { useWords } from './words.tsx'

interface EntryProps {
  entry: NavEntry
  isRail: boolean
  onFollow?: () => void
}

function Entry({ entry, isRail, onFollow }: EntryProps) {
  const { t } = useWords()
  const label = t(entry.label)
  return (
    <li>
      <NavLink
        className={styles['link']}
        to={entry.to}
        end={entry.to === '/'}
        title={isRail ? label : undefined}
        onClick={onFollow}
      >
        <Icon name={entry.icon} />
        <span className={styles['label']}>{label}</span>
      </NavLink>
    </li>
  )
}

/** The pages this person may use, grouped. */
function Entries({ isRail, onFollow }: Omit<EntryProps, 'entry'>) {
  const { t } = useWords()
  const self = useSelf()
  const groups = navigation
    .map((group) => ({ ...group, entries: group.entries.filter(({ permission }) => mayDo(self, permission)) }))
    .filter(({ entries }) => entries.length > 0)
  return (
    <nav className={styles['nav']} aria-label={t('admin.frame.navigation')}>
      {groups.map(({ id, label, entries }) => (
        <div key={id}>
          {label && <p className={styles['group']}>{t(label)}</p>}
          <ul className={styles['list']}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} isRail={isRail} onFollow={onFollow} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function Brand() {
  const { t } = useWords()
  return (
    <p className={styles['brand']}>
      <Mark />
      <span className={styles['label']}>
        <b className={styles['name']}>{t('admin.frame.brand')}</b>
        <span className={styles['office']}>{t('admin.frame.office')}</span>
      </span>
    </p>
  )
}

interface SidebarProps {
  isRail: boolean
  onToggleRail: () => void
  isDrawerOpen: boolean
  onCloseDrawer: () => void
}

/** The way to every page: at the side on wide windows, folded to its signs if wished, and in a drawer on phones. */
export function Sidebar({ isRail, onToggleRail, isDrawerOpen, onCloseDrawer }: SidebarProps) {
  const { t } = useWords()
  return (
    <>
      <aside className={`${styles['sidebar']} ${isRail ? styles['folded'] : ''}`} aria-label={t('admin.frame.sidebar')}>
        <Brand />
        <Entries isRail={isRail} />
        <button type="button" className={styles['fold']} onClick={onToggleRail} aria-expanded={!isRail}>
          <Icon name="panel" />
          <span className={styles['label']}>{t('admin.frame.fold')}</span>
        </button>
      </aside>
      <ModalOverlay
        className={styles['veil']}
        isOpen={isDrawerOpen}
        isDismissable
        onOpenChange={(open) => !open && onCloseDrawer()}
      >
        <Modal className={styles['drawer']}>
          <Dialog className={styles['drawerContent']} aria-label={t('admin.frame.navigation')}>
            <div className={styles['drawerHead']}>
              <Brand />
              <IconButton icon="close" label={t('admin.actions.close')} onPress={onCloseDrawer} />
            </div>
            <Entries isRail={false} onFollow={onCloseDrawer} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  )
}
