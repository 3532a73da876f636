import { SETTINGS } from '../../src/config.ts'
import { type SpecSchema, specSchema } from '../../src/files/spec_schema.ts'
import { KIND_ORDER, type Kind } from '../../src/kinds.ts'
import { block, code, page } from './markdown.ts'
import { specTable } from './spec_table.ts'

/** Every setting, and every kind of resource. */
export function configPage(): string {
  return page(
    'Configuration',
    'src/config.ts and src/kinds.ts',
    'How the program runs is set by the environment; what it does is configured by resources, in the console, through the API, or in files.',
    '## Settings',
    'Environment variables. A name that begins with `BACKBEAT_` and is not listed here is refused. `backbeat doctor` shows which are set.',
    ...Object.entries(SETTINGS).map(([name, setting]) => settingText(name, setting)),
    '## Resources in files',
    RESOURCES,
    block(EXAMPLE, 'yaml'),
    ...KIND_ORDER.flatMap(kindText),
  )
}

const HINTS: Readonly<Record<string, string>> = {
  text: 'Text.',
  port: 'A port.',
  duration: 'A duration such as `250ms`, `30s` or `7d`.',
  size: 'A size such as `500MB` or `20GB`.',
  count: 'A whole number.',
  flag: '`true` or `false`.',
}

function settingText(
  name: string,
  setting: {
    readonly type: string
    readonly default: string | null
    readonly about: string
    readonly secret?: boolean
  },
): string {
  const preset = setting.default === null ? 'No default.' : `Default ${code(setting.default)}.`
  const secret = setting.secret ? ['Never printed.'] : []
  return [`### ${name}`, '', [setting.about, HINTS[setting.type], preset, ...secret].join(' ')].join('\n')
}

const RESOURCES = `A resource has a \`kind\`, a \`name\` and a \`spec\`; \`kind/name\` says which one it is, wherever it stands. A file holds any
number of them, as documents of YAML; \`backbeat validate\`, \`plan\`, \`apply\` and \`pull\` take any number of files and folders,
and look into \`./backbeat\` and \`./backbeat.yaml\` when they are given none. A key that is not listed here is refused.

Secrets are references, resolved when the files are applied: \`\${env:NAME}\` for an environment variable,
\`\${file:/run/secrets/x}\` for what is in a file. A secret itself in a file is refused.`

const EXAMPLE = `kind: destination
name: shop-pixel
spec: { type: web_events, account: main, pixel_code: CXXXXXXXXXXXXXXXXXXX }
---
kind: sync
name: shop-to-pixel
spec:
  from: { event_source: shop }
  to: { destination: shop-pixel }
  mappings:
    - { name: Order Completed, when: 'event = "Order Completed"', event: Purchase, preset: order_completed }`

function kindText(kind: Kind): readonly string[] {
  const schema = specSchema(kind)
  const forms = schema.oneOf ?? schema.anyOf
  const more = MORE[kind] ? [MORE[kind]] : []
  if (!forms) return [`### ${kind}`, ...more, specTable(schema)]
  return forms.flatMap((one, i) => [`### ${kind} ${formName(one)}`, ...(i === 0 ? more : []), specTable(one)])
}

/** What tells one form of a kind from the others: its type, or what it reads from. */
function formName({ properties }: SpecSchema): string {
  const type = properties?.['type']?.const
  if (type !== undefined) return `of type ${String(type)}`
  const from = properties?.['from']?.required ?? []
  return `from an ${from.join(' and ').replaceAll('_', ' ')}`
}

const MORE: Readonly<Partial<Record<Kind, string>>> = {
  warehouse: 'What each promises: [warehouses](warehouses.md).',
  report: 'What may stand together: [reports of your own](reports.md).',
  destination: 'Which fields a mapping can fill: [destinations](destinations.md).',
}
