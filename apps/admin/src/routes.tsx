import type { Permission } from '@dhow/contracts/permissions.ts'
import type { ComponentType } from 'react'
import { createBrowserRouter, redirect } from 'react-router'
import type { LoaderFunctionArgs, RouteObject, ShouldRevalidateFunctionArgs } from 'react-router'
import { Frame } from './app/Frame.tsx'
import { PageFailure } from './app/PageFailure.tsx'
import { ensureSelf, mayDo, SignedOut } from './app/session.ts'
import { speak } from './app/words.tsx'
import { paths } from './paths.ts'
import { FrameSkeleton } from './app/FrameSkeleton.tsx'

/** What a file in `pages/` exports. */
interface PageModule {
  Page: ComponentType
  /** Begins to fetch what the page shows; gives promises, so that the page's frame is there at once. */
  loader?: (args: LoaderFunctionArgs) => unknown
  /** True where the query decides what is fetched, and does not only narrow down what is there. */
  readsQuery?: boolean
}

interface PageRoute {
  path: string
  /** Who has it not is told so, and nothing is fetched. */
  permission?: Permission
  page: () => Promise<PageModule>
}

/** Filters of what is there already fetch nothing; everything else does as React Router does. */
const mayRevalidate =
  (readsQuery: boolean) =>
  ({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean =>
    readsQuery || currentUrl.search === nextUrl.search ? defaultShouldRevalidate : false

function signInInstead(error: unknown, request: Request): Response {
  if (!(error instanceof SignedOut)) throw error
  const { pathname, search } = new URL(request.url)
  return redirect(error.reason === 'enrol' ? paths.enrol() : paths.signIn(pathname + search))
}

/** A page inside the frame, in a chunk of its own. */
const pageRoute = ({ path, permission, page }: PageRoute): RouteObject => ({
  path,
  handle: { permission },
  ErrorBoundary: PageFailure,
  lazy: async () => {
    const { Page, loader, readsQuery = false } = await page()
    return {
      Component: Page,
      shouldRevalidate: mayRevalidate(readsQuery),
      loader: async (args: LoaderFunctionArgs) => {
        try {
          const self = await ensureSelf()
          return loader && mayDo(self, permission) ? loader(args) : null
        } catch (error) {
          throw signInInstead(error, args.request)
        }
      },
    }
  },
})

/** A page nobody needs to be signed in for. */
const openRoute = ({ path, page }: Omit<PageRoute, 'permission'>): RouteObject => ({
  path,
  ErrorBoundary: PageFailure,
  lazy: async () => {
    const { Page, loader } = await page()
    return { Component: Page, ...(loader ? { loader } : {}) }
  },
})

const framed: PageRoute[] = [
  { path: '/', page: () => import('./pages/HomePage.tsx') },
  { path: '/staff', permission: 'staff.read', page: () => import('./pages/StaffPage.tsx') },
  { path: '/staff/:staffId', permission: 'staff.read', page: () => import('./pages/StaffMemberPage.tsx') },
  { path: '/roles', permission: 'staff.read', page: () => import('./pages/RolesPage.tsx') },
  { path: '/roles/new', permission: 'roles.write', page: () => import('./pages/NewRolePage.tsx') },
  { path: '/roles/:roleId', permission: 'staff.read', page: () => import('./pages/RolePage.tsx') },
  { path: '/approvals', page: () => import('./pages/ApprovalsPage.tsx') },
  { path: '/sessions', permission: 'sessions.read', page: () => import('./pages/SessionsPage.tsx') },
  { path: '/audit', permission: 'audit.read', page: () => import('./pages/AuditPage.tsx') },
  { path: '/alerts', permission: 'security.read', page: () => import('./pages/AlertsPage.tsx') },
  { path: '/account', page: () => import('./pages/AccountPage.tsx') },
  { path: '*', page: () => import('./pages/NotFoundPage.tsx') },
]

const frameRoute: RouteObject = {
  id: 'frame',
  Component: Frame,
  ErrorBoundary: PageFailure,
  HydrateFallback: FrameSkeleton,
  shouldRevalidate: () => false,
  loader: async ({ request }: LoaderFunctionArgs) => {
    try {
      const { locale } = await ensureSelf()
      await speak(locale)
      return null
    } catch (error) {
      throw signInInstead(error, request)
    }
  },
  children: framed.map(pageRoute),
}

export const createRouter = () =>
  createBrowserRouter([
    openRoute({ path: '/sign-in', page: () => import('./pages/SignInPage.tsx') }),
    openRoute({ path: '/invite', page: () => import('./pages/InvitePage.tsx') }),
    openRoute({ path: '/enrol', page: () => import('./pages/EnrolPage.tsx') }),
    frameRoute,
  ])
