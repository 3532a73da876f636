import { identityOf } from '../configure.ts'
import { applyPlan } from '../files/apply_plan.ts'
import { type Plan, planChanges } from '../files/plan_changes.ts'
import type { Store } from '../store/store.ts'
import { checkAll, counted, demandValid, readFiles, refuseProblems, settle } from './config_files.ts'
import { demandYes } from './confirm.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { showPlan } from './show_plan.ts'
import { withStore } from './with_store.ts'

/** How far to go, and how to tell it. */
export interface ApplyFlags {
  readonly prune: boolean
  readonly yes: boolean
  readonly json: boolean
}

/** Makes what is stored as the files say. */
export async function apply(shell: Shell, paths: readonly string[], flags: ApplyFlags): Promise<void> {
  const loaded = readFiles(shell, paths)
  await withStore(shell, async (store) => {
    const stored = await store.resources.list()
    const wanted = demandValid(shell, checkAll(loaded, stored, { mayRefer: !flags.prune }), flags.json)
    const { desired, problems } = await settle(shell, wanted, stored, store)
    if (problems.length > 0) refuseProblems(shell, problems, flags.json)
    await carryOut(shell, store, planChanges(desired, stored), flags)
  })
}

async function carryOut(shell: Shell, store: Store, plan: Plan, flags: ApplyFlags): Promise<void> {
  const { prune, json } = flags
  shell.outlet.talk(showPlan(plan, shell, { prune }))
  await confirmRemoval(shell, plan, flags)
  const applied = await applyPlan(store, plan, { now: shell.now(), prune })
  if (json) printJson(shell, { applied, unchanged: plan.unchanged })
  else if (applied.length > 0)
    shell.outlet.data(`${shell.tone('good', '✓')} Applied ${counted(applied.length, 'change')}`)
}

async function confirmRemoval(shell: Shell, { changes }: Plan, { prune, yes }: ApplyFlags): Promise<void> {
  const gone = changes.filter(({ action }) => action === 'delete')
  if (!prune || gone.length === 0) return
  const what = gone.map(identityOf).join(', ')
  await demandYes(shell, yes, `remove ${what}`, `Remove ${what}?`)
}
