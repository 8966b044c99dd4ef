/**
 * What the budgets are measured against, in a process of its own: bare Express 5 sending the very bytes our endpoint sends, and
 * bare Express 5 with one indexed query that returns the same rows, printed by JSON.stringify; and bare React 18 rendering the
 * same markup from plain elements.
 */
import express from 'express'
import pg from 'pg'
import { renderToPipeableStream } from 'react-dom/server'
import { readHtml, toElements } from './react-tree.ts'

const port = Number(process.env['LISTEN_PORT'])
const api = process.env['BENCH_API_URL'] ?? ''
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 })
const app = express()
app.disable('x-powered-by')
app.disable('etag')

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

const bytes = new Map<string, Buffer>()

app.get('/ready', (_request, response) => void response.end('ready'))

/** Fetches an address once and then sends its bytes, as a bare handler would. */
app.get('/same-bytes', async (request, response) => {
  const of = asText(request.query['of'])
  let body = bytes.get(of)
  if (!body) {
    const answer = await fetch(of.startsWith('http') ? of : `${api}${of}`)
    body = Buffer.from(await answer.arrayBuffer())
    bytes.set(of, body)
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Content-Length', body.length)
  response.end(body)
})

const trees = new Map<string, ReturnType<typeof readHtml>>()

/** The body of a page as React elements without components, data or words to look up. */
app.get('/same-markup', async (request, response) => {
  const of = asText(request.query['of'])
  let tree = trees.get(of)
  if (!tree) {
    const html = await (await fetch(of)).text()
    tree = readHtml(html.slice(html.indexOf('<body'), html.lastIndexOf('</body>') + '</body>'.length))
    trees.set(of, tree)
  }
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  const stream = renderToPipeableStream(toElements(tree), { onAllReady: () => stream.pipe(response) })
})

app.get('/one-query/list', async (_request, response) => {
  const { rows } = await pool.query('select card_en from product_cards order by featured_rank, product_id limit 24')
  response.json({ items: rows.map((row: { card_en: unknown }) => row.card_en), nextCursor: null })
})

app.get('/one-query/detail', async (request, response) => {
  const { rows } = await pool.query(
    'select * from products join variants on variants.product_id = products.id where slug_en = $1',
    [request.query['slug']],
  )
  response.json(rows)
})

/** The smallest transaction that could be called an order: three inserts and a commit. */
app.post('/one-order', async (_request, response) => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query("insert into bench_orders (body) values ('{}') returning id")
    await client.query("insert into bench_orders (body) values ('{}')")
    await client.query("insert into bench_orders (body) values ('{}')")
    await client.query('commit')
    response.end('{}')
  } finally {
    client.release()
  }
})

await pool.query(
  'create table if not exists bench_orders (id bigint generated always as identity primary key, body jsonb not null)',
)
const server = app.listen(port, '127.0.0.1')
process.once('SIGTERM', () => {
  server.closeAllConnections()
  server.close()
  void pool.end()
})
