import type { OnNote } from '../core/stream.ts'
import type { Answer } from './client.ts'
import type { Endpoint } from './endpoint.ts'

/** TikTok's API for reading: it keeps to the budget, and tries again what another try can help, within seconds or minutes. */
export interface Reader {
  /** Throws a CallError when trying again has not helped, or cannot. */
  call<Params extends object, Data>(endpoint: Endpoint<Params, Data>, params: Params): Promise<Answer<Data>>
  /** What is worth telling on the run's page. */
  readonly note: OnNote
  /** Waits; ends early, by throwing, when the run is stopped. */
  wait(ms: number): Promise<void>
  /** Milliseconds since 1970. */
  now(): number
}
