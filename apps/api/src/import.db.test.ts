import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'dhow-command-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const app = await startTestApp({ env: { MEDIA_DIR: path.join(folder, 'media') } })

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

function run(command: 'import' | 'seed', ...args: string[]): Promise<Outcome> {
  const entry = fileURLToPath(new URL(`./${command}.ts`, import.meta.url))
  return new Promise((done) => {
    const child = execFile(process.execPath, [entry, ...args], { env: app.env, cwd: folder }, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

test('the import command prints a report, as text or JSON, and its exit code says how it went', async () => {
  await writeFile(path.join(folder, 'some.csv'), 'Handle,Title,Variant Price\nlamp,Lamp,10\nshade,Shade,free\n')
  const dry = await run('import', 'some.csv', '--dry-run', '--json')
  expect(dry.code).toBe(2)
  expect(JSON.parse(dry.stdout)).toMatchObject({ isDryRun: true, rows: 2, products: { created: 1, refused: 1 } })
  const real = await run('import', 'some.csv')
  expect(real.code).toBe(2)
  expect(real.stdout).toContain('1 created, 0 updated, 0 unchanged, 1 refused')
  expect(real.stdout).toContain('line 3, Variant Price, shade: This is not a price [price/not-a-number] — "free"')
})

test('a file that cannot be imported is one line on stderr', async () => {
  const missing = await run('import', 'nothing.csv')
  expect(missing).toMatchObject({ code: 1, stdout: '', stderr: 'There is no such file\n' })
  const wrong = await run('import')
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('Usage: npm run import') })
  await writeFile(path.join(folder, 'few.csv'), 'Title,Title\nx,y\n')
  expect(await run('import', 'few.csv')).toMatchObject({ code: 1, stderr: 'A column is there twice: Title\n' })
})

test('the seed fills the shop in both languages, and again changes nothing', async () => {
  const first = await run('seed', '--force')
  expect(first.code).toBe(0)
  expect(first.stdout).toMatch(/Imported\.\n.*\n {2}products {3}[6-9]\d created, 0 updated, 0 unchanged, 0 refused/)
  expect(first.stdout).not.toContain('Warnings')
  const again = await run('seed', '--force')
  expect(again.stdout).toContain('Nothing changed')
  expect((await run('seed')).stdout).toContain('nothing to do')
})
