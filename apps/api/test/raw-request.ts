export interface RawAnswer {
  status: number
  headers: Headers
  /** Parsed when it is JSON of any kind, else the text. */
  body: unknown
  code: unknown
}

export interface RawRequest {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
}

/** Sends exactly what it is told, as no client of ours would, and reads whatever comes back. */
export async function rawRequest(url: string, request: RawRequest = {}): Promise<RawAnswer> {
  const response = await fetch(url, { ...request, headers: { connection: 'close', ...request.headers } })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : text
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
  return { status: response.status, headers: response.headers, body, code }
}

/** {@link rawRequest} with a JSON body. */
export const rawJson = (url: string, method: string, body: unknown, headers: Record<string, string> = {}) =>
  rawRequest(url, { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
