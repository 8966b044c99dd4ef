import autocannon from 'autocannon'

export interface Load {
  perSecond: number
  p50: number
  p99: number
  failed: number
}

export interface LoadOptions {
  url: string
  seconds: number
  connections?: number
  method?: 'GET' | 'POST'
  body?: string
  headers?: Record<string, string>
}

/** One burst of requests over kept-alive connections. Milliseconds; every answer that is not 2xx counts as failed. */
export async function load(options: LoadOptions): Promise<Load> {
  const { url, seconds, connections = 16, method = 'GET', body, headers } = options
  const result = await autocannon({ url, duration: seconds, connections, method, body, headers })
  return {
    perSecond: Math.round(result.requests.average),
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors + result.timeouts,
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

export interface Compared {
  ours: Load
  ceiling: Load
  ratio: number
}

/**
 * Measures ours and its ceiling by turns, so that a busy moment of the machine hits both, and compares the medians. Each side
 * is warmed up first.
 */
export async function compare(ours: LoadOptions, ceiling: LoadOptions, rounds = 3): Promise<Compared> {
  await load({ ...ceiling, seconds: 1 })
  await load({ ...ours, seconds: 1 })
  const measured = { ours: [] as Load[], ceiling: [] as Load[] }
  for (let round = 0; round < rounds; round += 1) {
    measured.ceiling.push(await load(ceiling))
    measured.ours.push(await load(ours))
  }
  const middle = (loads: Load[]): Load => ({
    perSecond: median(loads.map((one) => one.perSecond)),
    p50: median(loads.map((one) => one.p50)),
    p99: median(loads.map((one) => one.p99)),
    failed: loads.reduce((all, one) => all + one.failed, 0),
  })
  const result = { ours: middle(measured.ours), ceiling: middle(measured.ceiling) }
  return { ...result, ratio: result.ours.perSecond / Math.max(1, result.ceiling.perSecond) }
}
