/** The few words of autocannon the benchmarks use; the package ships no types. */
declare module 'autocannon' {
  interface Options {
    url: string
    duration: number
    connections: number
    method?: string
    body?: string
    headers?: Record<string, string>
  }
  interface Result {
    requests: { average: number }
    latency: { p50: number; p99: number }
    non2xx: number
    errors: number
    timeouts: number
  }
  export default function autocannon(options: Options): Promise<Result>
}
