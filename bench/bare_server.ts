import { fdatasyncSync, openSync, writevSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'

/** The least a durable door can do: read, parse, append, sync once for all who wait, answer. */
const [port, folder] = process.argv.slice(2)
const file = openSync(join(folder!, 'bare.log'), 'a')
let waiting: { readonly body: Buffer; readonly response: ServerResponse }[] = []

function flush(): void {
  const batch = waiting
  waiting = []
  writevSync(
    file,
    batch.map(({ body }) => body),
  )
  fdatasyncSync(file)
  for (const { response } of batch) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 16 })
    response.end('{"success":true}')
  }
}

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    if (body.length > 0) JSON.parse(body.toString())
    if (waiting.length === 0) setImmediate(flush)
    waiting.push({ body, response })
  })
}).listen(Number(port), '127.0.0.1')
