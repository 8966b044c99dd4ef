import { expect, test } from 'vitest'
import { createSupervisor, type Managed } from './supervisor.ts'

/** A part that ends when stopped, and says so. */
function part(name: string, onStop: (name: string) => void): Managed & { die: () => void } {
  const ended = Promise.withResolvers<void>()
  return {
    name,
    pid: 1,
    exited: ended.promise,
    stop: async () => {
      onStop(name)
      ended.resolve()
    },
    kill: ended.resolve,
    lastWords: () => `${name} ended`,
    die: ended.resolve,
  }
}

const ignore = () => {}
const itself = (part: Managed) => part

test('parts are stopped in the order in which they lean on one another', async () => {
  const stopped: string[] = []
  const supervisor = createSupervisor(ignore, ignore)
  for (const name of ['postgres', 'redis', 'sandbox', 'worker', 'api', 'web']) {
    await supervisor.adopt(Promise.resolve(part(name, (name) => stopped.push(name))), itself)
  }
  await supervisor.shutdown()
  expect(stopped).toEqual(['web', 'api', 'worker', 'sandbox', 'redis', 'postgres'])
})

test('a part that is still starting is waited for and then stopped', async () => {
  const stopped: string[] = []
  const supervisor = createSupervisor(ignore, ignore)
  const starting = Promise.withResolvers<Managed>()
  const adopted = supervisor.adopt(starting.promise, itself)
  const shutdown = supervisor.shutdown()
  starting.resolve(part('postgres', (name) => stopped.push(name)))
  await Promise.all([adopted, shutdown])
  expect(stopped).toEqual(['postgres'])
})

test('stopping tells whoever is still starting something', async () => {
  const supervisor = createSupervisor(ignore, ignore)
  await supervisor.shutdown()
  expect(supervisor.signal.aborted).toBe(true)
})

test('the death of a part is told, and an ending that was asked for is not', async () => {
  const supervisor = createSupervisor(ignore, ignore)
  const api = part('api', ignore)
  await supervisor.adopt(Promise.resolve(api), itself)
  await supervisor.adopt(Promise.resolve(part('web', ignore)), itself)
  api.die()
  expect((await supervisor.died).name).toBe('api')
  await supervisor.shutdown()
})

test('what failed to start leaves the others to be stopped', async () => {
  const stopped: string[] = []
  const supervisor = createSupervisor(ignore, ignore)
  await supervisor.adopt(Promise.resolve(part('redis', (name) => stopped.push(name))), itself)
  await expect(supervisor.adopt(Promise.reject(new Error('no')), itself)).rejects.toThrow('no')
  await supervisor.shutdown()
  expect(stopped).toEqual(['redis'])
})
