import { parseAllDocuments } from 'yaml'
import type { JsonObject } from '../core/json.ts'

/** A resource as a file has it. */
export interface ExampleResource {
  readonly kind: string
  readonly name: string
  readonly spec: JsonObject
}

/** What the demo puts in place of what the example leaves open. */
export interface ExampleChoices {
  /** In place of `${env:TIKTOK_ACCESS_TOKEN}`. */
  readonly accessToken: string
  readonly apiUrl: string
  /** Developer app, so that people can sign in and all advertisers are found. */
  readonly app: { readonly id: string; readonly secret: string }
}

/** The resources of one file of `examples/`, for the local TikTok that runs beside the demo. */
export function readExample(text: string, { accessToken, apiUrl, app }: ExampleChoices): readonly ExampleResource[] {
  const resources = parseAllDocuments(text).map((document) => document.toJS() as ExampleResource)
  return resources.map(({ kind, name, spec }) => {
    if (kind !== 'account') return { kind, name, spec }
    return {
      kind,
      name,
      spec: { ...spec, access_token: accessToken, api_url: apiUrl, app_id: app.id, app_secret: app.secret },
    }
  })
}
