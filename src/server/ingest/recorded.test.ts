import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { ingestServer } from '../../../test/ingest_server.ts'
import type { ConfiguredSource } from './options.ts'

interface RecordedRequest {
  readonly client: string
  readonly method: 'GET' | 'POST' | 'OPTIONS'
  readonly path: string
  readonly headers: { readonly [name: string]: string }
  readonly body?: object
  readonly status: number
  readonly accepted?: number
  readonly duplicate?: number
}

const source = (type: string, writeKey: string): ConfiguredSource => ({ name: writeKey, type, writeKey })
const KEYS = {
  segment: ['WK_NODE', 'WK_WEB', 'WK_NPM', 'WK_NPM2', 'WK_PY'].map((key) => source('segment', key)),
  rudderstack: ['RS_WK', 'RS_WEB'].map((key) => source('rudderstack', key)),
}

for (const [file, configured] of Object.entries(KEYS)) {
  test(`every recorded request of ${file}.json gets the answer its client needs, and every event is counted`, async () => {
    const { server, queue } = ingestServer({ configured })
    const counts = async () => {
      const intakes = await Promise.all(configured.map(({ name }) => queue.intake(name)))
      return intakes.reduce(
        (sum, it) => ({ accepted: sum.accepted + it.accepted, duplicate: sum.duplicate + it.duplicate }),
        { accepted: 0, duplicate: 0 },
      )
    }

    for (const request of recordedRequests(file)) {
      const before = await counts()
      const answer = await server.inject(wire(request))
      const after = await counts()

      assert.deepEqual(
        {
          status: answer.statusCode,
          accepted: after.accepted - before.accepted,
          duplicate: after.duplicate - before.duplicate,
        },
        { status: request.status, accepted: request.accepted ?? 0, duplicate: request.duplicate ?? 0 },
        `${request.client}: ${request.method} ${request.path}`,
      )
      if (request.method === 'POST') assert.equal(answer.body, '{"success":true}')
    }
  })
}

function recordedRequests(file: string): readonly RecordedRequest[] {
  const path = new URL(`../../../test/recorded/${file}.json`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')).requests
}

function wire({ method, path, headers, body }: RecordedRequest) {
  const text = JSON.stringify(body)
  const payload = headers['content-encoding'] === 'gzip' ? gzipSync(text) : text
  return { method, url: path, headers, ...(body !== undefined && { payload }) }
}
