import type { JsonObject } from '../core/json.ts'
import { parseTrigger } from '../mapping/fql_parse.ts'
import { type Explanation, explainTrigger } from '../mapping/trigger_explain.ts'
import type { RuleTrace } from '../server/contract.ts'

type Conditions = RuleTrace['conditions']

/** The same rule, its conditions as they count: one that is negated holds when what stands in it does not. */
export function withEffectiveConditions(rule: RuleTrace, event: JsonObject): RuleTrace {
  if (rule.when === '') return rule
  return { ...rule, conditions: effective(explainTrigger(parseTrigger(rule.when), event), false) }
}

function effective(explanation: Explanation, negated: boolean): Conditions {
  if (explanation.kind !== 'condition') {
    const isNot = explanation.kind === 'not'
    return explanation.parts.flatMap((part) => effective(part, isNot ? !negated : negated))
  }
  const { text, matched, found = null } = explanation
  return [{ text: negated ? `!(${text})` : text, found, matched: negated ? !matched : matched }]
}
