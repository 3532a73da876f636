import type { AppSettings } from '../../account_app.ts'
import { checkAccount } from '../../check_account.ts'
import type { Outside } from '../../connect.ts'
import type { StoredResource } from '../../store/resources.ts'
import type { Store } from '../../store/store.ts'
import { type Check, failed, ok, skipped } from './check.ts'

/** Tries the token of every account; `outside` null to call nobody. */
export async function checkAccounts(
  store: Store,
  outside: Outside | null,
  settings: AppSettings,
): Promise<readonly Check[]> {
  const accounts = await store.resources.list('account')
  return Promise.all(accounts.map((account) => checkOne(store, account, outside, settings)))
}

async function checkOne(
  store: Store,
  account: StoredResource,
  outside: Outside | null,
  settings: AppSettings,
): Promise<Check> {
  const name = `account/${account.name}`
  if (outside === null) return skipped(name, 'not tried: --offline')
  try {
    const { ok: isOk, steps } = await checkAccount(store, outside, settings, account)
    const bad = steps.find((step) => !step.ok)
    return isOk || !bad
      ? ok(name, steps.map(({ detail }) => detail).join('; '))
      : failed(name, bad.detail, remedyOf(bad.name))
  } catch (error) {
    return failed(name, (error as Error).message, 'Give the account its token again: "backbeat apply", or the console')
  }
}

function remedyOf(step: string): string {
  switch (step) {
    case 'Reach TikTok':
      return 'Let this machine reach the address over HTTPS, directly or through your proxy'
    case 'Access token':
      return 'Give the account a good token: "backbeat apply", or the console'
    case 'Developer app':
      return "Give the account the id and secret of the app in TikTok's developer portal"
    default:
      return 'Give the token access to the advertiser in TikTok Business Center'
  }
}
