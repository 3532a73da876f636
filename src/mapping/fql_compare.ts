import { isDeepStrictEqual } from 'node:util'
import { parseTrigger } from './fql_parse.ts'
import { printTrigger } from './fql_print.ts'
import { NEVER, readLikeSegment } from './fql_segment.ts'
import type { Group, Trigger } from './trigger.ts'
import { TriggerError } from './trigger_error.ts'

/** Whether a text means the same to us and to Segment. The readings are FQL, or `never`, or why we refuse the text. */
export type SegmentComparison =
  | { readonly same: true }
  | { readonly same: false; readonly ours: string; readonly theirs: string; readonly why: string }

/** Compares our reading of a text with Segment's, so that an imported mapping is not enabled under another meaning. */
export function compareWithSegment(text: string): SegmentComparison {
  const ours = readOurs(text)
  const theirs = normalize(readLikeSegment(text))
  if (ours instanceof TriggerError)
    return { same: false, ours: ours.message, theirs: printTrigger(theirs), why: 'Backbeat refuses this text' }
  if (isDeepStrictEqual(normalize(ours), theirs)) return { same: true }
  return { same: false, ours: printTrigger(ours), theirs: printTrigger(theirs), why: explain(ours, theirs) }
}

function readOurs(text: string): Trigger | TriggerError {
  try {
    return parseTrigger(text)
  } catch (error) {
    if (error instanceof TriggerError) return error
    throw error
  }
}

/** Groups of one part, groups inside a group of their own kind and double negations say nothing: they go. So does `and never`. */
function normalize(trigger: Trigger): Trigger {
  if (trigger.kind === 'not') {
    const part = normalize(trigger.part)
    return part.kind === 'not' ? part.part : { kind: 'not', part }
  }
  if (!isGroup(trigger)) return trigger
  const parts = trigger.parts
    .map(normalize)
    .flatMap((part) => (isGroup(part) && part.kind === trigger.kind ? part.parts : [part]))
  if (trigger.kind === 'and' && parts.some(isNever)) return NEVER
  return parts.length === 1 ? parts[0]! : { kind: trigger.kind, parts }
}

const isNever = (part: Trigger): boolean => part.kind === 'or' && part.parts.length === 0

const isGroup = (part: Trigger): part is Group => part.kind === 'and' || part.kind === 'or'

function explain(ours: Trigger, theirs: Trigger): string {
  const written = conditions(ours)
  const read = conditions(theirs)
  const lost = written.filter((condition) => !read.includes(condition))
  const gained = read.filter((condition) => !written.includes(condition))
  if (read.length === 0) return 'Segment cannot read this text and never fires'
  if (gained.length > 0) return `Segment reads ${gained.join(', ')} where the text says ${lost.join(', ')}`
  if (lost.length > 0) return `Segment drops ${lost.join(', ')}`
  return 'Segment ignores !( … ) and joins all conditions by the last connective'
}

/** The conditions of a trigger, as FQL, wherever they stand in its tree. */
function conditions(trigger: Trigger): readonly string[] {
  if (trigger.kind === 'not') return conditions(trigger.part)
  return isGroup(trigger) ? trigger.parts.flatMap(conditions) : [printTrigger(trigger)]
}
