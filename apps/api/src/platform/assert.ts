/** The compiler proves that a switch over a union has handled everything; a value that arrives all the same is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
