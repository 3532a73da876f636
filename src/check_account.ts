import type { AppSettings } from './account_app.ts'
import { readConnection } from './account_connection.ts'
import type { Outside } from './connect.ts'
import type { StoredResource } from './store/resources.ts'
import type { Store } from './store/store.ts'

/** A connection tried step by step. */
export interface AccountCheck {
  readonly ok: boolean
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[]
}

/** Reaches TikTok, tries the token, and looks for what the account may use there. */
export async function checkAccount(
  store: Pick<Store, 'resources' | 'secrets'>,
  outside: Outside,
  settings: AppSettings,
  account: StoredResource,
): Promise<AccountCheck> {
  const { steps } = await readConnection(store, outside, settings, account)
  return {
    ok: steps.every(({ ok }) => ok),
    steps: steps.map(({ step, ok, message }) => ({ name: step, ok, detail: message })),
  }
}
