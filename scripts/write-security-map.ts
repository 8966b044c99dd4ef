import { writeFileSync } from 'node:fs'
import { faultsInMap, findNamedTests, printSecurityMap } from './security/security-map.ts'

/** `npm run security-map`: writes docs/security/asvs.md, and says what it would claim wrongly. */
const tests = findNamedTests()
writeFileSync(new URL('../docs/security/asvs.md', import.meta.url), printSecurityMap(tests))
const faults = faultsInMap(tests)
for (const fault of faults) console.error(`✗ ${fault}`)
console.log(`docs/security/asvs.md: ${tests.length} tests`)
process.exitCode = faults.length > 0 ? 1 : 0
