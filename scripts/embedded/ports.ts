import { createServer } from 'node:net'

/** A port somebody else listens on. The message is the one line a person needs. */
export class PortTakenError extends Error {
  constructor(port: number, variable: string) {
    super(`Port ${port} is taken. Set ${variable} to a free one, for example ${variable}=${port + 10} npm start`)
  }
}

/** A port nobody listens on right now. Another process may still be faster: whoever binds it must be ready to ask again. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('The system gave no port'))
      })
    })
  })
}

/** Whether a server of ours could listen on the port, on every address and on the loopback alone. */
export async function isPortFree(port: number): Promise<boolean> {
  // Wildcard first: on Linux it also collides with a listener on one address. macOS lets both live, so ask for each.
  for (const host of ['::', '0.0.0.0', '127.0.0.1']) {
    if (!(await canListen(port, host))) return false
  }
  return true
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => {
      // EADDRNOTAVAIL, EAFNOSUPPORT: a machine without IPv6 says nothing about the port. EACCES: a port below 1024.
      resolve('code' in error && error.code !== 'EADDRINUSE' && error.code !== 'EACCES')
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Throws {@link PortTakenError} for the first of these ports that is in use. Zero means "any" and always passes. */
export async function requireFreePorts(ports: { variable: string; port: number }[]): Promise<void> {
  for (const { variable, port } of ports) {
    if (port !== 0 && !(await isPortFree(port))) throw new PortTakenError(port, variable)
  }
}
