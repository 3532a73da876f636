import { arrayPath } from './array_path.ts'
import { caseDirective } from './case.ts'
import type { Directive } from './directive.ts'
import { excludeWhenNull } from './exclude_when_null.ts'
import { first } from './first.ts'
import { flatten } from './flatten.ts'
import { ifDirective } from './if.ts'
import { json } from './json.ts'
import { liquid } from './liquid.ts'
import { literal } from './literal.ts'
import { merge } from './merge.ts'
import { path } from './path.ts'
import { replace } from './replace.ts'
import { template } from './template.ts'
import { transform } from './transform.ts'

/** Every directive a mapping may use. All are Segment's but `@first`. */
export const directives: ReadonlyMap<string, Directive> = new Map([
  ['@path', path],
  ['@first', first],
  ['@template', template],
  ['@literal', literal],
  ['@if', ifDirective],
  ['@arrayPath', arrayPath],
  ['@case', caseDirective],
  ['@replace', replace],
  ['@json', json],
  ['@flatten', flatten],
  ['@merge', merge],
  ['@transform', transform],
  ['@excludeWhenNull', excludeWhenNull],
  ['@liquid', liquid],
])
