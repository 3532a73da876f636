import { identityOf } from '../configure.ts'
import type { Json } from '../core/json.ts'
import type { FieldChange } from '../files/diff_spec.ts'
import type { Plan, PlannedChange } from '../files/plan_changes.ts'
import type { Shell, Tone } from './shell.ts'

const SIGNS: Record<PlannedChange['action'], readonly [string, Tone]> = {
  create: ['+', 'good'],
  update: ['~', 'careful'],
  delete: ['-', 'bad'],
}

/** A plan for people; secrets stand as `(secret)`. */
export function showPlan(plan: Plan, shell: Pick<Shell, 'tone'>, { prune }: { readonly prune: boolean }): string {
  const blocks = plan.changes.map((change) => showChange(change, shell, prune))
  return [...blocks, summary(plan, prune)].join('\n\n')
}

function showChange(change: PlannedChange, { tone }: Pick<Shell, 'tone'>, prune: boolean): string {
  const [sign, mood] = SIGNS[change.action]
  const head = [tone(mood, sign), identityOf(change), tone('quiet', remark(change, prune))].join(' ').trimEnd()
  return [head, ...change.fields.map((field) => `    ${showField(field, change.action)}`)].join('\n')
}

function remark({ action, managedBy }: PlannedChange, prune: boolean): string {
  const inConsole = managedBy === 'console' ? ['last changed in the console'] : []
  const kept = action === 'delete' ? [prune ? 'in no file' : 'in no file; stays, unless you apply with --prune'] : []
  return [...inConsole, ...kept].map((one) => `(${one})`).join(' ')
}

function showField({ path, before, after }: FieldChange, action: PlannedChange['action']): string {
  if (action === 'create' || before === undefined) return `${path}: ${show(after)}`
  return after === undefined ? `${path}: ${show(before)} → nothing` : `${path}: ${show(before)} → ${show(after)}`
}

const SHOWN_MAX = 160

function show(value: Json | undefined): string {
  const text = typeof value === 'string' && value.startsWith('(secret)') ? value : (JSON.stringify(value) ?? 'nothing')
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}…`
}

function summary({ changes, unchanged }: Plan, prune: boolean): string {
  const count = (action: PlannedChange['action']) => changes.filter((change) => change.action === action).length
  const gone = count('delete')
  const removed = prune ? `${gone} to remove` : `0 to remove${gone > 0 ? ` (${gone} in no file)` : ''}`
  if (changes.length === 0) return `Nothing to change: ${unchanged} as the files say`
  return `${count('create')} to add, ${count('update')} to change, ${removed}, ${unchanged} unchanged`
}

/** A plan as `--json` prints it. */
export function planToJson({ changes, unchanged }: Plan): object {
  return {
    changes: changes.map(({ action, kind, name, managedBy, fields }) => ({
      action,
      kind,
      name,
      managedBy,
      fields: fields.map(({ path, before = null, after = null }) => ({ path, before, after })),
    })),
    unchanged,
  }
}
