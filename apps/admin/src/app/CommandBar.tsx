import { endonyms, otherLocale } from '@dhow/i18n/locales.ts'
import {
  Autocomplete,
  Collection,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components'
import { useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { Icon } from '../ui/Icon.tsx'
import type { IconName } from '../ui/Icon.tsx'
import { isFound } from '../ui/search-words.ts'
import { useAction } from '../ui/useAction.ts'
import styles from './command-bar.module.css'
import { closeCommandBar, useCommandBarOpen } from './command-bar.ts'
import { changeLanguage } from './language-switch.ts'
import { navigation } from './navigation.ts'
import { mayDo, useSelf } from './session.ts'
import { signOut } from './sign-out.ts'
import { useWords } from './words.tsx'

interface Command {
  id: string
  label: string
  icon: IconName
  keywords: string
  run: () => void
}

interface Section {
  id: string
  label: string
  commands: Command[]
}

/** What can be done from anywhere: every page this person may see, and a few things to do. */
function useSections(): Section[] {
  const { t, locale } = useWords()
  const self = useSelf()
  const navigate = useNavigate()
  const other = otherLocale(locale)
  const language = useAction(changeLanguage)
  const leaving = useAction(async () => {
    await signOut()
    await navigate(paths.signIn())
  })
  const goTo = (to: string) => () => void navigate(to)
  const pages = navigation
    .flatMap(({ entries }) => entries)
    .filter(({ permission }) => mayDo(self, permission))
    .map(({ id, label, icon, to, keywords }): Command => ({ id, label: t(label), icon, keywords, run: goTo(to) }))
  const account: Command = {
    id: 'account',
    label: t('admin.account.title'),
    icon: 'account',
    keywords: 'account profile password passkey recovery حسابي كلمة المرور مفتاح',
    run: goTo(paths.account()),
  }
  const invite: Command = {
    id: 'invite',
    label: t('admin.staff.invite.action'),
    icon: 'plus',
    keywords: 'invite staff add new دعوة موظف إضافة',
    run: goTo(`${paths.staff()}?invite=1`),
  }
  const role: Command = {
    id: 'new-role',
    label: t('admin.roles.new'),
    icon: 'plus',
    keywords: 'new role create دور جديد إنشاء',
    run: goTo(paths.newRole()),
  }
  const actions = [
    ...(mayDo(self, 'staff.write') ? [invite] : []),
    ...(mayDo(self, 'roles.write') ? [role] : []),
    {
      id: 'language',
      label: endonyms[other],
      icon: 'globe' as const,
      keywords: 'language english arabic لغة عربي انجليزي',
      run: () => language.run(other),
    },
    {
      id: 'out',
      label: t('admin.frame.signOut'),
      icon: 'out' as const,
      keywords: 'sign out logout خروج تسجيل',
      run: leaving.run,
    },
  ]
  return [
    { id: 'pages', label: t('admin.command.pages'), commands: [...pages, account] },
    { id: 'actions', label: t('admin.command.actions'), commands: actions },
  ]
}

const textOf = ({ label, keywords }: Command): string => `${label} ${keywords}`

function Commands() {
  const { t } = useWords()
  const sections = useSections()
  const run = (id: string) => {
    closeCommandBar()
    sections
      .flatMap(({ commands }) => commands)
      .find((command) => command.id === id)
      ?.run()
  }
  return (
    <Autocomplete filter={isFound}>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened in order to type here */}
      <SearchField className={styles['field']} aria-label={t('admin.command.label')} autoFocus>
        <Icon name="search" />
        <Input className={styles['input']} placeholder={t('admin.command.placeholder')} />
      </SearchField>
      <Menu
        className={styles['menu']}
        aria-label={t('admin.command.results')}
        items={sections}
        onAction={(key) => run(String(key))}
        renderEmptyState={() => <p className={styles['empty']}>{t('admin.command.empty')}</p>}
      >
        {(section: Section) => (
          <MenuSection id={section.id}>
            <Header className={styles['section']}>{section.label}</Header>
            <Collection items={section.commands}>
              {(command) => (
                <MenuItem id={command.id} className={styles['item']} textValue={textOf(command)}>
                  <Icon name={command.icon} />
                  {command.label}
                </MenuItem>
              )}
            </Collection>
          </MenuSection>
        )}
      </Menu>
    </Autocomplete>
  )
}

/** Ctrl K: go anywhere and do anything by typing a few letters, in either language. */
export function CommandBar() {
  const { t } = useWords()
  const isOpen = useCommandBarOpen()
  return (
    <ModalOverlay
      className={styles['veil']}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && closeCommandBar()}
    >
      <Modal className={styles['modal']}>
        <Dialog className={styles['dialog']} aria-label={t('admin.command.label')}>
          <Commands />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
