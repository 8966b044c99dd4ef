import { writeFileSync } from 'node:fs'
import { printOpenApi } from './openapi.ts'

writeFileSync(new URL('../openapi.json', import.meta.url), printOpenApi())
process.stdout.write('wrote packages/contracts/openapi.json\n')
