import type { Json, Kind } from '../../../src/server/contract.ts'

/** Quotes a text for a POSIX shell. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The commands that put a resource into force from a file. */
export function cliText(kind: Kind, name: string): string {
  const file = `${name}.yaml`
  return [
    `# ${file} holds the YAML of ${kind}/${name}`,
    `backbeat validate ${file}`,
    `backbeat plan ${file}`,
    `backbeat apply ${file}`,
  ].join('\n')
}

interface ApiTextOptions {
  readonly origin: string
  readonly needsLogin: boolean
  readonly resource: { readonly kind: Kind; readonly name: string; readonly spec: Json }
}

/** The requests that read and write a resource. Where a password is set, a session is opened first. */
export function apiText({ origin, needsLogin, resource }: ApiTextOptions): string {
  const url = `${origin}/api/v1/resources/${resource.kind}/${encodeURIComponent(resource.name)}`
  const body = shellQuoted(JSON.stringify({ spec: resource.spec }, null, 2))
  const json = `-H 'content-type: application/json'`
  if (!needsLogin) return [`curl -s ${url}`, '', `curl -s -X PUT ${url} \\`, `  ${json} -d ${body}`].join('\n')
  return [
    '# open a session; its token goes with every write',
    `csrf=$(curl -s -c cookies ${origin}/api/v1/session ${json} \\`,
    `  -d "{\\"password\\":\\"$BACKBEAT_PASSWORD\\"}" | sed 's/.*"csrf":"\\([^"]*\\)".*/\\1/')`,
    '',
    `curl -s -b cookies ${url}`,
    '',
    `curl -s -b cookies -X PUT ${url} \\`,
    `  -H "x-csrf-token: $csrf" ${json} -d ${body}`,
  ].join('\n')
}
