import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface TcpProxy {
  port: number
  /** Cuts what is open and refuses what comes, like a server that is gone. */
  cut(): Promise<void>
  heal(): Promise<void>
}

/** Stands between a process and its service, so that the service can be gone for this one process. Ends with the test. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket, other: () => Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      other().destroy()
    })
  }
  const server = createServer((inner) => {
    const outer = connect(target.port, target.host)
    keep(inner, () => outer)
    keep(outer, () => inner)
    inner.pipe(outer)
    outer.pipe(inner)
  })
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : port
  }
  const port = await listen(0)
  const cut = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  onTestFinished(() => (server.listening ? cut() : undefined))
  return { port, cut, heal: async () => void (await listen(port)) }
}
