import type { TestProject } from 'vitest/node'
import { startServices, type Services, type ServiceFacts } from './services.ts'

declare module 'vitest' {
  interface ProvidedContext {
    services: ServiceFacts
  }
}

declare global {
  // Every project loads this file anew, but one PostgreSQL and one Redis serve them all.
  var dhowTestServices: { users: number; starting: Promise<Services> } | undefined
}

/** Starts the services for the first project that asks, and stops them after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = (globalThis.dhowTestServices ??= { users: 0, starting: startServices() })
  services.users += 1
  const { stop, ...facts } = await services.starting
  project.provide('services', facts)
  return async () => {
    services.users -= 1
    if (services.users === 0) await stop()
  }
}
