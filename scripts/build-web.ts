import { buildWebIfChanged } from './launcher/web-build.ts'

try {
  console.log((await buildWebIfChanged()) ? 'The website is built.' : 'The website is up to date.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
