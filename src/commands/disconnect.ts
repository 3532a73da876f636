import { disconnectAccount } from '../account_sign_in.ts'
import { CallError } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { withExistingStore } from './with_store.ts'

export interface DisconnectFlags {
  readonly account: string
  /** Forget the token also when TikTok cannot be told. */
  readonly evenIfNotRevoked: boolean
  readonly json: boolean
}

/** Withdraws an account's token at TikTok and forgets it. */
export async function disconnect(
  shell: Shell,
  { account: name, evenIfNotRevoked, json }: DisconnectFlags,
): Promise<void> {
  await withExistingStore(shell, async (store, config) => {
    const accounts = await store.resources.list('account')
    const account = accounts.find((one) => one.name === name)
    if (!account) {
      const hint = suggestion(
        name,
        accounts.map((one) => one.name),
      )
      throw new CommandError(EXIT.usage, `Cannot disconnect "${name}": there is no such account${hint}`)
    }
    const outside = { fetch: shell.fetch, now: shell.now, timeoutMs: config.BACKBEAT_TIMEOUT }
    const done = await disconnectAccount(store, outside, config, account, { who: 'cli', evenIfNotRevoked }).catch(
      (cause: unknown) => {
        if (!(cause instanceof CallError)) throw cause
        const remedy = 'nothing was changed; --even-if-not-revoked forgets it all the same'
        throw new CommandError(EXIT.remote, `Cannot disconnect "${name}": ${cause.message}; ${remedy}`, { cause })
      },
    )
    const subject = `account/${name}`
    await store.audit.write({ at: shell.now(), who: 'cli', what: 'account.disconnect', subject, detail: done.message })
    if (json) printJson(shell, { account: name, ...done })
    else shell.outlet.talk(`${subject}: ${done.message}; what uses it waits, and data in warehouses stays`)
  })
}
