import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

export type Received = {
  body: string
  signature: string
  event: { id: string; type: string; data: { object: { id: string } } }
}

export type Receiver = {
  url: string
  received: Received[]
  /** Statuses for the next deliveries, in order; 200 once they are used up. */
  answers: number[]
  types: () => string[]
  close: () => Promise<void>
}

/** A webhook receiver on real HTTP that keeps what it was sent. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const answers: number[] = []
  const server = createServer((req, res) => {
    void readBody(req).then((body) => {
      received.push({ body, signature: String(req.headers['stripe-signature']), event: JSON.parse(body) })
      res.statusCode = answers.shift() ?? 200
      res.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/webhooks/stripe`,
    received,
    answers,
    types: () => received.map(({ event }) => event.type),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
