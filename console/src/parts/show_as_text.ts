import type { Json } from '../../../src/core/json.ts'
import type { Kind } from '../../../src/server/contract.ts'

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

/** The requests that read and write a resource. */
export function apiText(origin: string, resource: { kind: Kind; name: string; spec: Json }): string {
  const url = `${origin}/api/v1/resources/${resource.kind}/${encodeURIComponent(resource.name)}`
  const body = JSON.stringify({ spec: resource.spec }, null, 2)
  return [
    '# read',
    `curl -s ${url}`,
    '',
    '# write: the session gives the token that every write must carry',
    `csrf=$(curl -s -c cookies ${origin}/api/v1/session | sed 's/.*"csrf":"\\([^"]*\\)".*/\\1/')`,
    `curl -s -b cookies -X PUT ${url} \\`,
    `  -H "x-csrf-token: $csrf" -H 'content-type: application/json' \\`,
    `  -d ${shellQuoted(body)}`,
  ].join('\n')
}
