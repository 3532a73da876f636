import { hash, timingSafeEqual } from 'node:crypto'
import type { ChosenApp } from '../account_sign_in.ts'
import { ApiFailure } from './api_route.ts'
import type { SignInResult } from './contract_streams.ts'

/** A sign-in at TikTok that is under way: which account it is for, and with which developer app. */
export interface SignIn extends ChosenApp {
  readonly account: string
  readonly apiUrl: string
}

/** What a browser keeps until it comes back from TikTok. */
export interface Keepsake {
  readonly name: string
  readonly value: string
}

/**
 * Sign-ins between leaving for TikTok and coming back. They live in memory, since they hold an app's secret and are worth
 * nothing after ten minutes; of the state and of the keepsake only hashes are held.
 */
export interface SignIns {
  /** `state` travels to TikTok and back in addresses; the keepsake stays in the browser that asked. */
  begin(signIn: SignIn): { readonly state: string; readonly keepsake: Keepsake }
  /**
   * The sign-in that a state stands for. A state is used up by this, however it ends.
   * @throws ApiFailure `oauth.unknown_state`, `oauth.expired`, `oauth.other_browser`
   */
  finish(state: string, keepsakeOf: (name: string) => string | null): SignIn
  /** Keeps how a sign-in went for a while; gives the id it is asked for with. */
  tell(result: SignInResult): string
  told(id: string): SignInResult | null
}

export interface SignInOptions {
  readonly random: (bytes: number) => Uint8Array
  readonly now: () => number
}

/** How long a person has for TikTok's consent page. */
export const SIGN_IN_MS = 10 * 60_000
// Expired ones are kept a while, so that coming back late is told from a made-up state.
const KEPT_MS = 60 * 60_000
const KEPT_MAX = 200

interface Pending extends SignIn {
  readonly keepsakeHash: string
  readonly at: number
}

/** Sign-ins of one server. */
export function createSignIns({ random, now }: SignInOptions): SignIns {
  const pending = new Map<string, Pending>()
  const results = new Map<string, SignInResult & { readonly at: number }>()
  const secret = () => Buffer.from(random(32)).toString('base64url')

  return {
    begin(signIn) {
      const [state, value] = [secret(), secret()]
      const stateHash = sha256(state)
      forgetOld(pending, now())
      pending.set(stateHash, { ...signIn, keepsakeHash: sha256(value), at: now() })
      return { state, keepsake: { name: keepsakeName(stateHash), value } }
    },
    finish(state, keepsakeOf) {
      const stateHash = sha256(state)
      const found = pending.get(stateHash)
      pending.delete(stateHash)
      if (!found) throw unknownState()
      if (now() - found.at > SIGN_IN_MS) throw expired()
      if (!isSame(sha256(keepsakeOf(keepsakeName(stateHash)) ?? ''), found.keepsakeHash)) throw otherBrowser()
      const { keepsakeHash: _, at: __, ...signIn } = found
      return signIn
    },
    tell(result) {
      const id = secret()
      forgetOld(results, now())
      results.set(id, { ...result, at: now() })
      return id
    },
    told(id) {
      const found = results.get(id)
      if (!found || now() - found.at > KEPT_MS) return null
      const { at: _, ...result } = found
      return result
    },
  }
}

// One cookie a sign-in, so that two that are under way do not disturb each other.
const keepsakeName = (stateHash: string): string => `backbeat_sign_in_${stateHash.slice(0, 16)}`

const sha256 = (text: string): string => hash('sha256', text)

const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Maps keep the order of insertion: the first are the oldest. */
function forgetOld(kept: Map<string, { readonly at: number }>, now: number): void {
  for (const [key, { at }] of kept) {
    if (kept.size < KEPT_MAX && now - at <= KEPT_MS) return
    kept.delete(key)
  }
}

const unknownState = () =>
  new ApiFailure(
    400,
    'oauth.unknown_state',
    'Cannot sign in: this server knows nothing of the sign-in, or it was used already; begin again from the account',
  )

const expired = () =>
  new ApiFailure(
    400,
    'oauth.expired',
    `Cannot sign in: it began more than ${SIGN_IN_MS / 60_000} minutes ago; begin again from the account`,
  )

const otherBrowser = () =>
  new ApiFailure(
    400,
    'oauth.other_browser',
    'Cannot sign in: it began in another browser, or under another address of this server; begin again in this one',
  )
