import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

export type WebhookPost = {
  url: string
  body: string
  headers: Record<string, string>
  timeoutMs: number
}

export type WebhookClient = {
  /** Resolves with the receiver's status; rejects when there was none. A redirect is a status like another. */
  post: (request: WebhookPost) => Promise<number>
  close: () => void
}

/** Keeps connections open: a benchmark's webhooks would otherwise pay a handshake each. */
export function createWebhookClient(): WebhookClient {
  const agents = {
    http: new HttpAgent({ keepAlive: true, maxSockets: 32 }),
    https: new HttpsAgent({ keepAlive: true, maxSockets: 32 }),
  }
  return {
    post: ({ url, body, headers: given, timeoutMs }) =>
      new Promise((resolve, reject) => {
        const isTls = url.startsWith('https:')
        const headers = {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          ...given,
        }
        const options = { method: 'POST', headers, agent: isTls ? agents.https : agents.http, timeout: timeoutMs }
        const request = (isTls ? httpsRequest : httpRequest)(url, options, (response) => {
          response.resume()
          response.on('end', () => resolve(response.statusCode ?? 0))
          response.on('error', reject)
        })
        request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)))
        request.on('error', reject)
        request.end(body)
      }),
    close() {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}
