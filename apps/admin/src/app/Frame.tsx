import { useEffect, useRef, useState } from 'react'
import { Outlet, ScrollRestoration, useLocation, useMatches } from 'react-router'
import type { Permission } from '@dhow/contracts/permissions.ts'
import { NoPermission } from '../ui/ErrorState.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Card } from '../ui/Card.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { CommandBar } from './CommandBar.tsx'
import styles from './frame.module.css'
import { mayDo, reloadSelf, useMaybeSelf, useSelf } from './session.ts'
import { Sidebar } from './Sidebar.tsx'
import { StepUpDialog } from './StepUpDialog.tsx'
import { TopBar } from './TopBar.tsx'
import { useWords } from './words.tsx'

const railed = 'dhow-admin-rail'

function permissionOf(handle: unknown): Permission | undefined {
  if (typeof handle !== 'object' || handle === null || !('permission' in handle)) return undefined
  return handle.permission as Permission | undefined
}

/** Another page: the focus begins at its heading, and what the person may do is asked again behind it. */
function useArrivals(): void {
  const { pathname } = useLocation()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    document.getElementById('page-title')?.focus({ preventScroll: true })
    void reloadSelf().catch(() => {}) // the page's own requests say what is wrong
  }, [pathname])
}

/** The page, or what to say to somebody who may not see it. */
function Content() {
  const { t } = useWords()
  const self = useSelf()
  const permission = useMatches()
    .map(({ handle }) => permissionOf(handle))
    .findLast((named) => named !== undefined)
  if (mayDo(self, permission)) return <Outlet />
  return (
    <>
      <PageHeader title={t('admin.states.noPermissionTitle')} />
      <Card>
        <NoPermission permission={permission} />
      </Card>
    </>
  )
}

/** What is round every page: the way to the others, who is signed in, and what may open over it. */
export function Frame() {
  const { t } = useWords()
  const self = useMaybeSelf()
  const [isRail, setRail] = useState(() => localStorage.getItem(railed) === 'yes')
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  useArrivals()
  if (!self) return null // the session has just ended; the sign-in page is on its way
  const toggleRail = () => {
    localStorage.setItem(railed, isRail ? 'no' : 'yes')
    setRail(!isRail)
  }
  return (
    <div className={`${styles['frame']} ${isRail ? styles['rail'] : ''}`}>
      <a className={styles['skip']} href="#content">
        {t('admin.frame.skip')}
      </a>
      <Sidebar
        isRail={isRail}
        onToggleRail={toggleRail}
        isDrawerOpen={isDrawerOpen}
        onCloseDrawer={() => setDrawerOpen(false)}
      />
      <div className={styles['column']}>
        <TopBar onOpenDrawer={() => setDrawerOpen(true)} />
        <main className={styles['main']} id="content" tabIndex={-1}>
          <Content />
        </main>
      </div>
      <CommandBar />
      <StepUpDialog />
      <Toasts />
      <ScrollRestoration />
    </div>
  )
}
