import { readFileSync, writeFileSync } from 'node:fs'
import { encodeList } from '../src/slices/identity/passwords/common-list.ts'

/** `node apps/api/passwords/build-list.ts LIST`: writes common-passwords.bin from a list with one password a line. */
const [, , path] = process.argv
if (!path) throw new Error('which list? node apps/api/passwords/build-list.ts 10_million_password_list_top_1M.txt')
const file = encodeList(readFileSync(path, 'utf8').split(/\r?\n/))
writeFileSync(new URL('common-passwords.bin', import.meta.url), file)
process.stdout.write(`common-passwords.bin: ${file.length} bytes\n`)
