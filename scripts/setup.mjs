// Runs before everything else, on whatever Node the machine has and before a single package is there:
// plain JavaScript, no imports but Node's own.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.dhow-setup')
const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node')

requireNode()
if (!isInstalled()) install()
requirePinnedNode()

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(`Dhow needs Node 20.19 or newer to install itself; this is ${process.version}. See https://nodejs.org`)
}

/** The stamp is written last, so an interrupted install has none and is done again. */
function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp()
}

function wantedStamp() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
}

function install() {
  // npm ci empties node_modules first, and through a link it would empty the folder of another checkout.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail('node_modules is a link to another folder, which npm ci would empty. Remove the link and run this again.')
  }
  console.log('Setting up: installing the packages of package-lock.json (a minute or two, this once) …')
  const startedAt = Date.now()
  rmSync(stampFile, { force: true })
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: 'inherit', env: cleanEnvironment() })
  if (error) fail(`npm could not be run: ${error.message}`)
  if (status !== 0) fail('npm ci failed; its message is above. Run "npm ci" by hand to see more.')
  writeFileSync(stampFile, wantedStamp())
  console.log(`✓ Packages installed (${Math.round((Date.now() - startedAt) / 1000)} s)`)
}

/**
 * `npm start` hands its own settings down as npm_*: a prefix or a --omit meant for the outer run would send the inner
 * npm elsewhere. Registry and cache are kept. NODE_ENV=production would leave out the tools this very script is for.
 */
function cleanEnvironment() {
  const keep =
    /^npm_config_(registry|cache|userconfig|globalconfig|https?_?proxy|proxy|noproxy|cafile|ca|strict_ssl|offline|prefer_offline)$/i
  const entries = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || keep.test(name))
  return Object.fromEntries(entries.filter(([name]) => name !== 'NODE_ENV'))
}

/** The package `node` brings the pinned Node in its own install script, which --ignore-scripts silently leaves out. */
function requirePinnedNode() {
  const wanted = readFileSync(join(root, '.node-version'), 'utf8').trim()
  const { stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' })
  if (stdout?.trim() === `v${wanted}`) return
  rmSync(stampFile, { force: true })
  const found = stdout?.trim() ? `found ${stdout.trim()}` : 'it is missing'
  fail(
    `Node ${wanted} should be in node_modules/node, but ${found}. Allow its install script and run "npm ci":\n` +
      '  npm config get ignore-scripts   must say false ("npm config set ignore-scripts false")',
  )
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
