import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { printAccessMatrix } from './access-matrix.ts'

const docs = new URL('../../../docs/security/', import.meta.url)
mkdirSync(docs, { recursive: true })
const openapi: unknown = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'))
writeFileSync(new URL('access-matrix.md', docs), printAccessMatrix(openapi))
process.stdout.write('wrote docs/security/access-matrix.md\n')
