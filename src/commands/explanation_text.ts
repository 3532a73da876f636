import { isObject, type Json, type JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import type { DeliveryTrace, RuleTrace } from '../server/contract.ts'
import type { EventExplanation, ExplainedSync } from './explanation.ts'
import { whyNone } from './explanation_json.ts'
import type { Shell } from './shell.ts'
import { table } from './table.ts'

type Tones = Pick<Shell, 'tone'>

/** An explanation for people: every rule with what it found, every field from its value to the wire, the request. */
export function showExplanation({ source, event, refused, syncs }: EventExplanation, tones: Tones): string {
  const head = `${tones.tone('strong', nameOf(event))}${source === null ? '' : ` from ${source}`}`
  if (refused) return `${head}\n${indent(showReason(refused, 'bad', tones), 1)}`
  const remarks = remarksIn(event).map((reason) => showReason(reason, 'careful', tones))
  const blocks = [...remarks, ...syncs.map((sync) => showSync(sync, tones))]
  return [head, ...blocks.map((block) => indent(block, 1))].join('\n\n')
}

function nameOf(event: Json): string {
  if (!isObject(event)) return 'Not an event'
  return String(event['event'] ?? event['name'] ?? event['type'] ?? 'Unnamed event')
}

/** What the door found odd, and wrote into the event. */
function remarksIn(event: Json): readonly Reason[] {
  const remarks = isObject(event) ? event['_backbeat'] : undefined
  return isObject(remarks) && Array.isArray(remarks['warnings']) ? (remarks['warnings'] as unknown as Reason[]) : []
}

function showSync({ sync, destination, enabled, rules, deliveries }: ExplainedSync, tones: Tones): string {
  const off = enabled ? '' : tones.tone('careful', ' (switched off: its events wait)')
  const verdicts =
    deliveries.length === 0
      ? [
          `${tones.tone('careful', 'filtered')}  ${rules.length === 0 ? whyNone({ rules }).message : 'no mapping applies'}`,
        ]
      : deliveries.map((delivery) => showDelivery(delivery, tones))
  const head = `${tones.tone('strong', sync)} → ${destination}${off}`
  return [head, ...[rules.map((rule) => showRule(rule, tones)).join('\n'), ...verdicts].map((one) => indent(one, 1))]
    .filter((block) => block.trim() !== '')
    .join('\n\n')
}

/** A rule that applies with all it looked at; of one that does not, only what it lacks. */
function showRule(rule: RuleTrace, tones: Tones): string {
  const { mapping, when, enabled, matched, conditions } = rule
  const applies = matched && enabled
  const mark = applies ? tones.tone('good', '✓') : tones.tone('bad', '✗')
  const about = enabled ? when : 'switched off'
  const shown = applies ? conditions : conditions.filter((condition) => enabled && !condition.matched)
  const lines = shown.map((condition) => `    ${showCondition(condition, tones)}`)
  return [`${mark} ${mapping}  ${tones.tone('quiet', about)}`, ...lines].join('\n')
}

function showCondition({ text, found, matched }: RuleTrace['conditions'][number], { tone }: Tones): string {
  const mark = matched ? tone('good', '✓') : tone('bad', '✗')
  return `${mark} ${text}  ${tone('quiet', `found ${found === null ? 'nothing' : JSON.stringify(found)}`)}`
}

function showDelivery(delivery: DeliveryTrace, tones: Tones): string {
  const { mapping, reason, request, mapped, warnings } = delivery
  const notes = delivery.notes.filter(({ from, to }) => from !== to)
  const verdict = request === null ? tones.tone('bad', 'invalid') : tones.tone('good', 'would send')
  return [
    `${verdict}  ${mapping}`,
    ...(reason ? [indent(showReason(reason, 'bad', tones), 1)] : []),
    ...(mapped ? [section('mapped', showFields(mapped), tones)] : []),
    ...(notes.length > 0 ? [section('normalised', showNotes(notes, tones), tones)] : []),
    ...(warnings.length > 0
      ? [section('warnings', warnings.map((one) => showReason(one, 'careful', tones)).join('\n'), tones)]
      : []),
    ...(request ? [section(`${request.method} ${request.url}`, pretty(request.body), tones)] : []),
  ].join('\n\n')
}

const section = (title: string, body: string, { tone }: Tones): string => indent(`${tone('quiet', title)}\n${body}`, 1)

const showFields = (mapped: JsonObject): string =>
  table(Object.entries(mapped).map(([field, value]) => [`  ${field}`, JSON.stringify(value)]))

/** Fields whose value changes on the way. */
const showNotes = (notes: DeliveryTrace['notes'], { tone }: Tones): string =>
  table(
    notes.map(({ field, from, to, rule }) => [
      `  ${field}`,
      cut(from),
      '→',
      to === '' ? 'nothing' : to,
      tone('quiet', rule),
    ]),
  )

const SHOWN_MAX = 48

const cut = (text: string): string => (text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX - 1)}…`)

function showReason({ code, message, remedy }: Reason, mood: 'bad' | 'careful', { tone }: Tones): string {
  return `${tone(mood, code)}  ${message}${remedy === undefined ? '' : `; ${remedy}`}`
}

const pretty = (body: string): string => indent(JSON.stringify(JSON.parse(body), null, 2), 1)

const indent = (text: string, levels: number): string => text.replace(/^(?=.)/gm, '  '.repeat(levels))
