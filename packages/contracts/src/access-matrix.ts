import { z } from 'zod'
import { readyRoles } from './permissions.ts'

/** Whose column it is: nobody, a customer, and every ready role. */
export const callers = ['guest', 'customer', ...readyRoles.map((role) => role.code)] as const
export type Caller = (typeof callers)[number]

const Auth = z.enum(['public', 'cart-key', 'order-token', 'customer', 'staff', 'staff-enrolling'])

const Operation = z.object({
  operationId: z.string(),
  'x-auth': Auth,
  'x-permission': z.string().optional(),
  'x-fresh': z.boolean().optional(),
})

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

/** Who may call one endpoint, as the OpenAPI file says. */
export interface Access {
  id: string
  method: string
  path: string
  auth: z.infer<typeof Auth>
  permission: string | undefined
  isFresh: boolean
}

/** Reads every operation of the document. Throws when one does not say who may call it. */
export function readAccess(openapi: unknown): Access[] {
  return Object.entries(Document.parse(openapi).paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      auth: operation['x-auth'],
      permission: operation['x-permission'],
      isFresh: operation['x-fresh'] ?? false,
    })),
  )
}

/** Whether the caller passes the guard. What is theirs and what is another's, the endpoint itself knows. */
export function mayCall({ auth, permission }: Access, caller: Caller): boolean {
  const role = readyRoles.find(({ code }) => code === caller)
  switch (auth) {
    case 'public':
    case 'cart-key':
    case 'order-token':
      return true
    case 'customer':
      return caller === 'customer'
    case 'staff':
      return role !== undefined && (permission === 'self' || role.permissions.some((own) => own === permission))
    case 'staff-enrolling':
      return false
  }
}

const intro = `# Who may call what

Every endpoint and who passes its guard, made from \`packages/contracts/openapi.json\` by \`npm run access-matrix\`. A test holds this
file against the contract, and another calls every endpoint as everybody here (\`apps/api/src/access-matrix.http.test.ts\`).

- **●** passes. What then is theirs, the endpoint decides: somebody else's order is \`404\`, never \`403\`.
- **Asks for**: \`cart id\` and \`order token\` are secrets in the request; \`self\` is one's own account; anything else is a permission.
- **Fresh**: only within five minutes of a proof. A customer's is a sign-in or confirmation, a staff member's the second factor.
- \`enrolling\` is a staff member before their second factor: they may set one up, and nothing else; with one, they may not call these.
- Staff roles can be edited; the columns are the roles a shop starts with. A role of the merchant's own passes where it has the permission.
- Back office requests also need its cookies, its \`Origin\` and the session's \`X-CSRF-Token\`.
`

const asksFor = ({ auth, permission }: Access): string => {
  if (auth === 'cart-key') return 'cart id'
  if (auth === 'order-token') return 'order token'
  if (auth === 'staff-enrolling') return 'enrolling'
  return permission ?? ''
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The committed file: docs/security/access-matrix.md. */
export function printAccessMatrix(openapi: unknown): string {
  const header = row(['Method', 'Path', ...callers, 'Asks for', 'Fresh'])
  const line = row(['---', '---', ...callers.map(() => ':-:'), '---', ':-:'])
  const rows = readAccess(openapi).map((access) =>
    row([
      `\`${access.method}\``,
      `\`${access.path}\``,
      ...callers.map((caller) => (mayCall(access, caller) ? '●' : '')),
      asksFor(access),
      access.isFresh ? 'fresh' : '',
    ]),
  )
  return `${intro}\n${[header, line, ...rows].join('\n')}\n`
}
