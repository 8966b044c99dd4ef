import { readdirSync, readFileSync } from 'node:fs'
import { parseCronItems } from 'graphile-worker'
import { expect, test } from 'vitest'
import { jobHandlers, jobSchedule } from './jobs.ts'
import { mergeHandlers } from './platform/jobs/handlers.ts'

const documentation = (name: string): string =>
  readFileSync(new URL(`../../../docs/contracts/${name}`, import.meta.url), 'utf8')

test('what is scheduled is something we can do, at times the queue can read', () => {
  for (const { task } of jobSchedule) expect(Object.keys(jobHandlers)).toContain(task)
  expect(parseCronItems([...jobSchedule])).toHaveLength(jobSchedule.length)
})

test('two slices cannot claim one task', () => {
  const registry = { 'some.task': async () => undefined }
  expect(() => mergeHandlers(registry, registry)).toThrow(/two handlers for the job some\.task/)
})

test('docs/contracts/jobs.md names every task', () => {
  const page = documentation('jobs.md')
  for (const task of Object.keys(jobHandlers)) expect(page).toContain(`| \`${task}\` |`)
})

test('docs/contracts/logs-and-metrics.md names every alert', () => {
  const page = documentation('logs-and-metrics.md')
  const source = new URL('.', import.meta.url)
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  )
  const alerts = files.flatMap((name) => [
    ...readFileSync(new URL(name, source), 'utf8').matchAll(/alert: (?:\w+ \? )?'([a-z-]+)'/g),
  ])
  expect(alerts.length).toBeGreaterThan(5)
  for (const [, alert] of alerts) expect(page).toContain(`\`${alert}\``)
})
