import { isDeepStrictEqual } from 'node:util'
import { identityOf } from '../configure.ts'
import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { secretFieldsOf } from '../kinds.ts'
import type { StoredResource } from '../store/resources.ts'
import type { DesiredResource } from './check_files.ts'
import type { FileProblem } from './problem.ts'
import { parseReference } from './secret_reference.ts'

/** Where secrets are found: those the files refer to, and those that are stored. */
export interface SecretSources {
  /** The secret behind a reference; throws an Error that says what is missing. */
  resolve(reference: NonNullable<ReturnType<typeof parseReference>>): string
  /** The secret that is stored for a subject such as `account/main/access_token`; null when there is none. */
  stored(subject: string): Promise<string | null>
}

/** Resources whose secrets are settled as far as they can be. */
export interface SettledSecrets {
  readonly desired: readonly DesiredResource[]
  /** References that lead nowhere. */
  readonly problems: readonly FileProblem[]
}

/**
 * Resolves the secrets of resources. One that is stored already, with the same reference, comes out as its mark, so that
 * only a real change looks like one. One that leads nowhere is a problem, and stands as if it had not changed.
 */
export async function settleSecrets(
  desired: readonly DesiredResource[],
  stored: readonly StoredResource[],
  sources: SecretSources,
): Promise<SettledSecrets> {
  const byIdentity = new Map(stored.map((resource) => [identityOf(resource), resource.spec]))
  const problems: FileProblem[] = []

  async function settle(resource: DesiredResource, field: string): Promise<Json> {
    const { ref } = resource.spec[field] as { ref: string }
    const mark = byIdentity.get(identityOf(resource))?.[field]
    const isSameReference = isObject(mark) && mark['ref'] === ref
    try {
      const value = sources.resolve(parseReference(ref)!)
      const isSame = isSameReference && (await sources.stored(`${identityOf(resource)}/${field}`)) === value
      return isSame ? mark : { value, ref }
    } catch (error) {
      const message = `Cannot resolve ${ref}: ${(error as Error).message}`
      problems.push(resource.from.problem({ path: `spec.${field}`, message }))
      return isSameReference ? mark : { value: ref, ref }
    }
  }

  async function settleAll(resource: DesiredResource): Promise<DesiredResource> {
    const fields = secretFieldsOf(resource.kind).filter((field) => isObject(resource.spec[field]))
    const settled = keptSecrets(resource, byIdentity.get(identityOf(resource)))
    for (const field of fields) settled.push([field, await settle(resource, field)])
    const spec: JsonObject = { ...resource.spec, ...Object.fromEntries(settled) }
    return isDeepStrictEqual(spec, resource.spec) ? resource : { ...resource, spec }
  }

  return { desired: await Promise.all(desired.map(settleAll)), problems }
}

/** Secrets that a file leaves out and that came from none, such as the token of an account that somebody signed in for. */
function keptSecrets({ kind, spec }: DesiredResource, stored: JsonObject | undefined): [string, Json][] {
  return secretFieldsOf(kind).flatMap((field): [string, Json][] => {
    const mark = stored?.[field]
    return spec[field] === undefined && isObject(mark) && mark['ref'] === null ? [[field, mark]] : []
  })
}
