import { CODE } from './codes.ts'

/** What TikTok says in the body of its answer; `request_id` is added when it is written. */
export interface Answer {
  readonly code: number
  readonly message: string
  readonly data: object
  /** Beside those every answer has. */
  readonly headers?: Readonly<Record<string, string>>
  /** A file instead of the JSON around `data`. */
  readonly file?: { readonly contentType: string; readonly content: string | Buffer }
}

/** Accepted. Says nothing about matching or attribution. */
export const accepted = (data: object = {}): Answer => ({ code: CODE.OK, message: 'OK', data })

/** Refused as a whole; TikTok leaves `data` empty. */
export const refused = (code: number, message: string): Answer => ({ code, message, data: {} })

/** The body as TikTok writes it. */
export const envelope = (answer: Answer, requestId: string): string =>
  JSON.stringify({ code: answer.code, message: answer.message, request_id: requestId, data: answer.data })
