import { type Plan, planChanges } from '../files/plan_changes.ts'
import { showProblem } from '../files/problem.ts'
import type { StoredResource } from '../store/resources.ts'
import type { Store } from '../store/store.ts'
import { checkAll, demandValid, readFiles, settle } from './config_files.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { planToJson, showPlan } from './show_plan.ts'
import { configOf, hasData, withStore } from './with_store.ts'

/** Shows how files differ from what is stored. */
export async function plan(shell: Shell, paths: readonly string[], json: boolean): Promise<void> {
  // Before the first start nothing is stored, and looking must not make a data directory.
  const made = hasData(configOf(shell))
    ? await withStore(shell, async (store) => makePlan(shell, paths, json, await store.resources.list(), store))
    : await makePlan(shell, paths, json, [], null)
  if (json) printJson(shell, planToJson(made))
  else shell.outlet.data(showPlan(made, shell, { prune: false }))
}

async function makePlan(
  shell: Shell,
  paths: readonly string[],
  json: boolean,
  stored: readonly StoredResource[],
  store: Store | null,
): Promise<Plan> {
  const wanted = demandValid(shell, checkAll(readFiles(shell, paths), stored), json)
  const { desired, problems } = await settle(shell, wanted, stored, store)
  for (const problem of problems) shell.outlet.talk(`${showProblem(problem)}; "apply" will need it`)
  return planChanges(desired, stored)
}
