/** Every address of the back office; nobody writes one by hand. */
export const paths = {
  home: () => '/',
  signIn: (next?: string) => (next && next !== '/' ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  invite: () => '/invite',
  enrol: () => '/enrol',
  staff: () => '/staff',
  staffMember: (staffId: string) => `/staff/${staffId}`,
  roles: () => '/roles',
  newRole: () => '/roles/new',
  role: (roleId: string) => `/roles/${roleId}`,
  approvals: () => '/approvals',
  sessions: () => '/sessions',
  audit: (filters: Record<string, string> = {}) => {
    const search = new URLSearchParams(filters).toString()
    return `/audit${search && `?${search}`}`
  },
  alerts: () => '/alerts',
  account: () => '/account',
} as const

/** Where to go after signing in: a path of ours, never another site's. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : paths.home()
}
