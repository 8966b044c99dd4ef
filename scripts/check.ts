import { runChecks } from './testing/checks.ts'

/** `npm run check`: types, lint, format, boundaries, dead code, styles, lock file. */
const results = await runChecks((text) => process.stdout.write(text))
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1
