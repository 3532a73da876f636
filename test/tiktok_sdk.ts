/** The SDK has no types, so its package is not named where the compiler would look for them. */
const PACKAGE: string = 'tiktok-business-api-sdk-official'

// biome-ignore lint/suspicious/noExplicitAny: the SDK and its answers have no types; each test asserts their shape
type Untyped = any

/** What the SDK answers: TikTok's envelope without `code` and `message`. */
export type SdkCall = Promise<{ readonly data: Untyped; readonly request_id: string }>

type Done = (error: unknown, answer: Untyped) => void

/** TikTok's own SDK, unmodified, calling `url` instead of TikTok. `ask` rejects with the SDK's error. */
export async function sdkAgainst(url: string) {
  const sdk: Untyped = await import(PACKAGE)
  const client = new sdk.ApiClient()
  client.basePath = url
  const names = Object.keys(sdk).filter((name) => name.endsWith('Api'))
  const api: Record<string, Untyped> = Object.fromEntries(names.map((name) => [name, new sdk[name](client)]))
  const ask = (call: (done: Done) => void): SdkCall =>
    new Promise((resolve, reject) => {
      call((error, answer) => (error ? reject(error) : resolve(answer)))
    })
  return { api: api as Untyped, ask }
}
