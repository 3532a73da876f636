import type { ReadNote } from '../src/core/stream.ts'
import { createTikTok, type TikTok } from '../src/tiktok/client.ts'
import { createRateBudget, type RateBudget } from '../src/tiktok/rate_budget.ts'
import { createReader, type Reader } from '../src/tiktok/reader.ts'

/** A call as it reaches the fake: parameters of the query decoded from JSON where they are lists or objects. */
export interface FakeCall {
  readonly method: string
  readonly path: string
  readonly params: Readonly<Record<string, unknown>>
  readonly token: string | null
  readonly at: number
}

/** Data of a good answer, or another answer. */
export type FakeAnswer =
  | { readonly data: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly code: number; readonly message: string; readonly headers?: Readonly<Record<string, string>> }
  /** A file, without the envelope. */
  | { readonly text: string; readonly headers?: Readonly<Record<string, string>> }

export interface FakeTikTok {
  readonly tiktok: TikTok
  /** Every call so far. */
  readonly calls: FakeCall[]
  readonly notes: ReadNote[]
  readonly reader: Reader
  readonly budget: RateBudget
  /** Stops the reader. */
  readonly stop: AbortController
  now(): number
}

const START = Date.UTC(2026, 10, 21, 12)

/**
 * TikTok as a function in this process, and a reader of it whose time passes only while it waits. Paths without an answer
 * get 40400, as at TikTok.
 */
export function fakeTikTok(answers: Readonly<Record<string, (call: FakeCall) => FakeAnswer>>): FakeTikTok {
  let now = START
  const calls: FakeCall[] = []
  const notes: ReadNote[] = []
  const stop = new AbortController()
  const send: typeof fetch = async (input, init) => {
    const call = readCall(String(input), init, now)
    calls.push(call)
    now += 20
    const answer = answers[call.path]?.(call) ?? { code: 40_400, message: 'Route not found' }
    return toResponse(answer, calls.length)
  }
  const tiktok = createTikTok({
    accessToken: 'token-of-the-test',
    baseUrl: 'http://fake/v1.3',
    fetch: send,
    now: () => now,
  })
  const budget = createRateBudget({ now: () => now })
  const reader = createReader(tiktok, {
    budget,
    onNote: (note) => notes.push(note),
    sleep: async (ms) => {
      now += ms
    },
    random: () => 0.5,
    now: () => now,
    signal: stop.signal,
  })
  return { tiktok, calls, notes, reader, budget, stop, now: () => now }
}

/** An answer with one page of a list as TikTok cuts it, and as strict: too large a page is refused. */
export function fakePage(
  call: FakeCall,
  items: readonly unknown[],
  pageSizeMax: number,
  listName = 'list',
): FakeAnswer {
  const { page = 1, page_size: size = 10 } = call.params as { page?: number; page_size?: number }
  if (size > pageSizeMax) return { code: 40_002, message: `page_size: must be at most ${pageSizeMax}` }
  if (page < 1) return { code: 40_002, message: 'page: must be at least 1' }
  const total = items.length
  const page_info = { page, page_size: size, total_number: total, total_page: Math.ceil(total / size) }
  return { data: { [listName]: items.slice((page - 1) * size, page * size), page_info } }
}

function readCall(address: string, init: RequestInit | undefined, at: number): FakeCall {
  const url = new URL(address)
  const query = Object.fromEntries([...url.searchParams].map(([name, text]) => [name, readParam(text)]))
  const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {}
  const token = new Headers(init?.headers).get('access-token')
  return {
    method: init?.method ?? 'GET',
    path: url.pathname.slice('/v1.3'.length),
    params: { ...query, ...body },
    token,
    at,
  }
}

/** Lists, objects and small numbers are JSON; ids stay the text they are. */
function readParam(text: string): unknown {
  return /^[[{]/.test(text) || /^\d{1,6}$/.test(text) ? JSON.parse(text) : text
}

function toResponse(answer: FakeAnswer, count: number): Response {
  if ('text' in answer) return new Response(answer.text, { headers: { ...answer.headers } })
  const envelope =
    'data' in answer
      ? { code: 0, message: 'OK', request_id: `r${count}`, data: answer.data }
      : { code: answer.code, message: answer.message, request_id: `r${count}`, data: {} }
  return new Response(JSON.stringify(envelope), { headers: { ...answer.headers } })
}
