import { checkAccount } from '../../check_account.ts'
import { type Outside, openAccount } from '../../connect.ts'
import type { StoredResource } from '../../store/resources.ts'
import type { Store } from '../../store/store.ts'
import { type Check, failed, ok, skipped } from './check.ts'

/** Tries the token of every account; `outside` null to call nobody. */
export async function checkAccounts(store: Store, outside: Outside | null): Promise<readonly Check[]> {
  const accounts = await store.resources.list('account')
  return Promise.all(accounts.map((account) => checkOne(store, account, outside)))
}

async function checkOne(store: Store, account: StoredResource, outside: Outside | null): Promise<Check> {
  const name = `account/${account.name}`
  if (outside === null) return skipped(name, 'not tried: --offline')
  try {
    const { ok: isOk, steps } = await checkAccount(account, await openAccount(store, account, outside))
    const last = steps.at(-1)!
    return isOk
      ? ok(name, steps.map(({ detail }) => detail).join('; '))
      : failed(name, last.detail, remedyOf(last.name))
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
    default:
      return 'Give the token access to the advertiser in TikTok Business Center'
  }
}
