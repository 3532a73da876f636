import type { FaultKind } from './fault_kinds.ts'

/** One call to TikTok's paths, as it can be looked up afterwards. */
export interface LoggedRequest {
  readonly id: number
  readonly at: string
  readonly method: string
  readonly path: string
  /** First characters only. */
  readonly token: string | null
  readonly event_source_id: string | null
  /** Events in the body; null when it had none. */
  readonly items: number | null
  /** HTTP status; null when nothing was answered. */
  readonly status: number | null
  /** TikTok's code; null when the answer was not TikTok's. */
  readonly code: number | null
  readonly message: string | null
  readonly request_id: string
  readonly fault: FaultKind | null
  readonly content_type: string
  readonly user_agent: string
  readonly duration_ms: number
}

interface Kept {
  readonly request: LoggedRequest
  body: Buffer | null
}

const REQUESTS_KEPT = 1000
const BODIES_KEPT = 50
const BODY_BYTES_KEPT = 16 * 2 ** 20

/** The newest requests, and the bodies of the very newest. */
export class RequestLog {
  readonly #kept: Kept[] = []
  /** Those whose body is kept, oldest first. */
  readonly #embodied: Kept[] = []
  #bodyBytes = 0
  #count = 0

  add(request: Omit<LoggedRequest, 'id'>, body: Buffer): LoggedRequest {
    this.#count += 1
    const kept = { request: { id: this.#count, ...request }, body }
    this.#kept.push(kept)
    if (this.#kept.length > REQUESTS_KEPT) this.#kept.shift()
    this.#keepBody(kept, body.length)
    return kept.request
  }

  /** Newest first. */
  *newestFirst(): Generator<Readonly<Kept>> {
    for (let index = this.#kept.length - 1; index >= 0; index--) yield this.#kept[index]!
  }

  get count(): number {
    return this.#count
  }

  clear(): void {
    this.#kept.length = 0
    this.#embodied.length = 0
    this.#bodyBytes = 0
    this.#count = 0
  }

  #keepBody(kept: Kept, bytes: number): void {
    this.#embodied.push(kept)
    this.#bodyBytes += bytes
    while (this.#embodied.length > BODIES_KEPT || this.#bodyBytes > BODY_BYTES_KEPT) {
      const oldest = this.#embodied.shift()!
      this.#bodyBytes -= oldest.body?.length ?? 0
      oldest.body = null
    }
  }
}
