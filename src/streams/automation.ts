import type { Json, JsonObject } from '../core/json.ts'

/** How much TikTok decides by itself; told by newer answers, and known from where the object stood in the others. */
export function automationOf(entity: JsonObject): Json {
  const { campaign_automation_type: told, is_smart_performance_campaign: isSmart } = entity
  return told ?? (isSmart === true ? 'SMART_PLUS' : 'MANUAL')
}
