import { CallError } from './core/errors.ts'
import type { AccountSpec } from './kinds.ts'
import type { StoredResource } from './store/resources.ts'
import type { TikTok } from './tiktok/client.ts'
import { pixelList } from './tiktok/endpoints/pixel_list.ts'

/** A connection tried step by step; the first step that fails is the last. */
export interface AccountCheck {
  readonly ok: boolean
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[]
}

const TOKEN_CODES: ReadonlySet<string> = new Set(['tiktok.token_invalid'])

/** Reaches TikTok, tries the token, and looks for the pixels the account's advertiser has. */
export async function checkAccount(account: StoredResource, tiktok: TikTok): Promise<AccountCheck> {
  const { api_url, advertiser_id } = account.spec as unknown as AccountSpec
  const host = new URL(api_url).host
  try {
    const { data, receipt } = await tiktok.call(pixelList, { advertiser_id: advertiser_id ?? '', page_size: 20 })
    const names = data.pixels.map(({ pixel_code }) => pixel_code).join(', ')
    return passed([
      { name: 'Reach TikTok', detail: `${host} answered in ${Math.round(receipt.durationMs)} ms` },
      { name: 'Access token', detail: 'TikTok knows it' },
      { name: 'Pixels', detail: names === '' ? 'The advertiser has none yet' : `The advertiser has ${names}` },
    ])
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    return failed(error, host, advertiser_id !== undefined)
  }
}

function failed(error: CallError, host: string, knowsAdvertiser: boolean): AccountCheck {
  const reached = error.receipt?.code !== null && error.receipt?.code !== undefined
  if (!reached) return { ok: false, steps: [{ name: 'Reach TikTok', ok: false, detail: error.message }] }
  const reach = { name: 'Reach TikTok', ok: true, detail: `${host} answers` }
  if (TOKEN_CODES.has(error.code)) {
    return { ok: false, steps: [reach, { name: 'Access token', ok: false, detail: error.message }] }
  }
  const token = { name: 'Access token', ok: true, detail: 'TikTok knows it' }
  // Listing pixels needs the advertiser; without it TikTok has said all it can about the token alone.
  if (!knowsAdvertiser) {
    return {
      ok: true,
      steps: [reach, token, { name: 'Pixels', ok: true, detail: 'Not looked up: the account names no advertiser_id' }],
    }
  }
  return { ok: false, steps: [reach, token, { name: 'Pixels', ok: false, detail: error.message }] }
}

function passed(steps: readonly { name: string; detail: string }[]): AccountCheck {
  return { ok: true, steps: steps.map((step) => ({ ...step, ok: true })) }
}
