import { endonyms, otherLocale } from '@dhow/i18n/locales.ts'
import { useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { IconButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { MenuButton } from '../ui/MenuButton.tsx'
import { useAction } from '../ui/useAction.ts'
import { openCommandBar } from './command-bar.ts'
import { changeLanguage } from './language-switch.ts'
import { roleNames } from './role-names.ts'
import { useSelf } from './session.ts'
import { signOut } from './sign-out.ts'
import styles from './top-bar.module.css'
import { useWords } from './words.tsx'

/** Two letters in a circle, instead of a picture nobody uploaded. */
function initialsOf(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/)
  const last = others.at(-1) ?? ''
  return (first.match(/^./u)?.[0] ?? '') + (last.match(/^./u)?.[0] ?? '')
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Above every page: the command bar's door, the language, and who is signed in. */
export function TopBar({ onOpenDrawer }: { onOpenDrawer: () => void }) {
  const { t, locale } = useWords()
  const self = useSelf()
  const navigate = useNavigate()
  const other = otherLocale(locale)
  const language = useAction(changeLanguage)
  const leaving = useAction(async () => {
    await signOut()
    await navigate(paths.signIn())
  })
  const roles = roleNames(self.roles, locale)
  return (
    <header className={styles['bar']}>
      <span className={styles['burger']}>
        <IconButton icon="menu" label={t('admin.frame.openNavigation')} onPress={onOpenDrawer} />
      </span>
      <button type="button" className={styles['search']} onClick={openCommandBar}>
        <Icon name="search" isSmall />
        <span className={styles['words']}>{t('admin.command.open')}</span>
        <kbd className={styles['keys']}>{isApple ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <span className={styles['end']}>
        <button
          type="button"
          className={styles['language']}
          lang={other}
          dir={other === 'ar' ? 'rtl' : 'ltr'}
          onClick={() => language.run(other)}
        >
          {endonyms[other]}
        </button>
        <MenuButton
          label={t('admin.frame.accountMenu', { name: self.name })}
          header={
            <>
              <p className={styles['name']}>
                <bdi>{self.name}</bdi>
              </p>
              <p className={styles['email']}>
                <bdi>{self.email}</bdi>
              </p>
              <p className={styles['email']}>{roles}</p>
            </>
          }
          groups={[
            [
              {
                id: 'account',
                label: t('admin.account.title'),
                icon: 'account',
                onAction: () => void navigate(paths.account()),
              },
            ],
            [{ id: 'out', label: t('admin.frame.signOut'), icon: 'out', onAction: leaving.run }],
          ]}
        >
          <span className={styles['face']} aria-hidden="true">
            {initialsOf(self.name)}
          </span>
        </MenuButton>
      </span>
    </header>
  )
}
