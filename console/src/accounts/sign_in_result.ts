import { readTexts } from '../parts/read_texts.ts'

/** The sign-in that TikTok sent the browser back from; lives in the address. */
export interface AccountSearch {
  readonly sign_in?: string
}

/** Reads it from an address. */
export const readAccountSearch = (search: Record<string, unknown>): AccountSearch => readTexts(search, ['sign_in'])
