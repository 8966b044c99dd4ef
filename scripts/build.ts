import { buildIfChanged } from './launcher/app-build.ts'

/** `npm run build`: the website and the back office, each if it changed. */
try {
  for (const [app, title] of [
    ['web', 'website'],
    ['admin', 'back office'],
  ] as const)
    console.log((await buildIfChanged(app)) ? `The ${title} is built.` : `The ${title} is up to date.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
