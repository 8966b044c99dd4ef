import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePort, requireFreePorts } from './ports.ts'

function listen(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    onTestFinished(() => void server.close())
    server.once('error', reject)
    server.listen(0, host, () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })
}

test.each(['127.0.0.1', '0.0.0.0'])(
  'a port taken on %s is told in one line with its number and variable',
  async (host) => {
    const port = await listen(host)
    const asked = requireFreePorts([{ variable: 'API_PORT', port }])
    await expect(asked).rejects.toThrow(
      `Port ${port} is taken. Set API_PORT to a free one, for example API_PORT=${port + 10} npm start`,
    )
  },
)

test('only the first of several taken ports is told', async () => {
  const [first, second] = [await listen('127.0.0.1'), await listen('127.0.0.1')]
  const asked = requireFreePorts([
    { variable: 'PORT', port: first },
    { variable: 'API_PORT', port: second },
  ])
  await expect(asked).rejects.toThrow(`Port ${first} is taken. Set PORT`)
})

test('free ports and zero pass', async () => {
  const port = await findFreePort()
  const asked = requireFreePorts([
    { variable: 'PORT', port },
    { variable: 'API_PORT', port: 0 },
  ])
  await expect(asked).resolves.toBeUndefined()
})
