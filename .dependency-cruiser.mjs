/**
 * Who may import whom, as CONTRIBUTING.md says it in words. Types count as imports, except in cycles: `context.ts` builds what
 * `platform` offers, and `platform` names its type.
 */

const slice = '^apps/api/src/slices/'
const aTest = '\\.test\\.tsx?$'
const testHarness = '^apps/[^/]+/test/'
const sandboxDoor = '^apps/sandbox/src/app\\.ts$'

/** Which other slices a slice may use, always through their public file. All may call `audit`. */
const sliceMayUse = {
  audit: ['identity'], // the names of staff, for its list; writing to the log needs nobody
  catalog: ['search', 'media', 'inventory'], // its importer brings pictures and counts stock; it asks search how to match words
  media: [],
  pricing: ['catalog'],
  inventory: [],
  promotions: ['catalog', 'pricing'],
  search: [],
  cart: ['catalog', 'pricing', 'inventory', 'promotions'],
  orders: ['cart', 'inventory', 'pricing', 'ledger', 'store-credit'], // a cancelled order gives its cart and its credit back
  ledger: [],
  'store-credit': ['ledger', 'identity', 'staff'], // credit above one's limit asks a second person
  payments: ['orders', 'ledger', 'store-credit', 'staff', 'inventory', 'identity'], // a refund above one's limit asks a second person
  'saved-cards': ['identity', 'payments'],
  cod: ['payments', 'orders', 'ledger', 'identity', 'staff'], // what is let off at the door counts as given
  'payment-offers': ['payment-options'],
  'payment-options': ['cart', 'orders', 'payments', 'cod', 'store-credit', 'saved-cards', 'catalog', 'pricing'],
  reconciliation: ['payments', 'orders', 'ledger'],
  fulfilment: ['orders', 'inventory'],
  returns: ['orders', 'inventory', 'payments'],
  checkout: ['cart', 'inventory', 'orders', 'payments', 'payment-options', 'pricing', 'store-credit'],
  notifications: ['orders', 'catalog', 'identity'],
  identity: [], // accounts, factors, sessions; who needs to know of a change hears of it by a job
  customers: ['identity', 'orders', 'cart'],
  staff: ['identity'],
  threats: ['identity'],
  privacy: ['customers', 'orders', 'identity'],
}

const sliceRules = Object.entries(sliceMayUse).map(([name, uses]) => ({
  name: `slice-${name}-uses`,
  comment: `The slice ${name} may use ${[...uses, 'audit'].join(', ')} and no other.`,
  severity: 'error',
  from: { path: `${slice}${name}/`, pathNot: aTest },
  to: { path: slice, pathNot: [name, ...uses, 'audit'].map((other) => `${slice}${other}/`) },
}))

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Whatever needs each other belongs together, or one of them asks for what it needs as an argument.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packages-stand-alone',
      comment: 'packages/ are libraries: they know no app, no script, no test harness.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|scripts|tests|bench)/' },
    },
    {
      name: 'packages-are-free-of-react',
      comment: 'The app has another React than the website; only ui-react may hold components.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/ui-react/' },
      to: { path: '^node_modules/(react|react-dom)/' },
    },
    {
      name: 'apps-do-not-import-each-other',
      comment: 'Apps meet over HTTP, by packages/contracts. Tests may start the sandbox: it is their equipment.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: `${testHarness}|${aTest}` },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'test-harnesses-start-only-the-sandbox',
      severity: 'error',
      from: { path: `^apps/([^/]+)/(test/|.+${aTest})` },
      to: { path: '^apps/', pathNot: `^apps/$1/|${sandboxDoor}` },
    },
    {
      name: 'apps-do-not-import-scripts',
      comment:
        'Apps run in production; scripts and tests stand around them. Only test harnesses may lean on tests/harness.',
      severity: 'error',
      from: { path: '^apps/', pathNot: `${testHarness}|${aTest}` },
      to: { path: '^(scripts|tests|bench)/' },
    },
    {
      name: 'tests-of-apps-use-only-the-harness',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^(scripts|tests|bench)/', pathNot: '^(tests/harness|scripts/embedded)/' },
    },
    {
      name: 'scripts-do-not-import-apps',
      comment: 'The launcher starts apps as processes, as a server does.',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^(apps|tests|bench)/' },
    },
    {
      name: 'outside-tests-use-only-test-doors-of-apps',
      comment:
        'tests/ and bench/ see an app over HTTP, or by the harness in its test/ folder; .env.example is held against each config file.',
      severity: 'error',
      from: { path: '^(tests|bench)/' },
      to: { path: '^apps/', pathNot: `${testHarness}|${sandboxDoor}|^apps/[^/]+/(src/)?(server/)?config\\.ts$` },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: `${testHarness}|${aTest}` },
      to: { path: `${testHarness}|${aTest}` },
    },
    {
      name: 'platform-stands-below',
      comment: 'platform imports packages; of the rest of the API it may only name the types of config and context.',
      severity: 'error',
      from: { path: '^apps/api/src/platform/', pathNot: aTest },
      to: { path: '^apps/api/(?!src/platform/|node_modules/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platform-names-only-context-and-config',
      severity: 'error',
      from: { path: '^apps/api/src/platform/', pathNot: aTest },
      to: { path: '^apps/api/(?!src/(platform/|context\\.ts|config\\.ts)|node_modules/)' },
    },
    {
      name: 'providers-know-no-slices',
      comment:
        'An adapter turns our words into the provider’s and back; what they mean for an order is for the slices.',
      severity: 'error',
      from: { path: '^apps/api/src/providers/', pathNot: aTest },
      to: { path: '^apps/api/(?!src/(platform|providers)/|src/(context|config)\\.ts)' },
    },
    {
      name: 'providers-do-not-know-each-other',
      severity: 'error',
      from: { path: '^apps/api/src/providers/([^/]+)/([^/]+)/', pathNot: aTest },
      to: { path: '^apps/api/src/providers/[^/]+/[^/]+/', pathNot: '^apps/api/src/providers/$1/$2/' },
    },
    {
      name: 'slices-see-only-provider-ports',
      comment: 'What every provider does is in its port.ts; what only that of cards does, in card-vault.ts.',
      severity: 'error',
      from: { path: slice, pathNot: aTest },
      to: { path: '^apps/api/src/providers/', pathNot: '/(port|card-vault)\\.ts$' },
    },
    {
      name: 'slices-are-used-by-their-public-file',
      comment: 'orders/orders.ts is the door; the SQL, routes and rules behind it are the slice’s own.',
      severity: 'error',
      from: { path: '^apps/api/src/slices/([^/]+)/', pathNot: aTest },
      to: { path: '^apps/api/src/slices/([^/]+)/', pathNot: ['^apps/api/src/slices/$1/', `${slice}([^/]+)/\\1\\.ts$`] },
    },
    ...sliceRules,
    {
      name: 'slices-do-not-know-the-processes',
      severity: 'error',
      from: { path: slice, pathNot: aTest },
      to: { path: '^apps/api/src/(app|main|worker|migrate|seed|import)\\.ts$' },
    },
    {
      name: 'only-sql-files-touch-the-database',
      comment: 'Queries are functions in *.sql.ts. Use cases open transactions by platform/db and pass them on.',
      severity: 'error',
      from: { path: slice, pathNot: `\\.sql\\.ts$|${aTest}` },
      to: { path: '^node_modules/(kysely|pg|graphile-worker)/' },
    },
    {
      name: 'website-features-stand-alone',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'browser-code-has-no-server-in-it',
      comment: 'What a page component imports is sent to the browser; of the server it may know the types.',
      severity: 'error',
      from: { path: '^apps/web/src/(.+\\.page\\.tsx|(framework|ui)/.+)$', pathNot: `\\.server\\.tsx?$|${aTest}` },
      to: { path: '^apps/web/src/server/|\\.server\\.tsx?$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'back-office-features-stand-alone',
      comment: 'Pages put features together; what two of them need belongs to ui/ or app/.',
      severity: 'error',
      from: { path: '^apps/admin/src/features/([^/]+)/' },
      to: { path: '^apps/admin/src/features/', pathNot: '^apps/admin/src/features/$1/' },
    },
    {
      name: 'back-office-parts-stand-below-pages',
      comment: 'ui/ knows no session and no page; pages are reached by routes.tsx alone, each in its own chunk.',
      severity: 'error',
      from: { path: '^apps/admin/src/ui/' },
      to: { path: '^apps/admin/src/(app|features|pages)/', pathNot: '^apps/admin/src/app/words\\.tsx$' },
    },
    {
      name: 'back-office-pages-are-loaded-by-routes',
      severity: 'error',
      from: { path: '^apps/admin/src/', pathNot: '^apps/admin/src/routes\\.tsx$' },
      to: { path: '^apps/admin/src/pages/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'back-office-browser-and-server-are-apart',
      severity: 'error',
      from: { path: '^apps/admin/(src|server)/' },
      to: { path: '^apps/admin/(src|server)/', pathNot: '^apps/admin/$1/' },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:|\\?' },
    },
    {
      name: 'no-development-tools-in-production',
      severity: 'error',
      from: { path: '^(apps/[^/]+/src|packages/[^/]+/src)/', pathNot: `${aTest}|\\.d\\.ts$|/vite-plugin\\.ts$` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps|packages)/[^/]+/dist/|^\\.dhow|^docs/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
