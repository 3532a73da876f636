import { Liquid } from 'liquidjs'
import { isObject, type Json } from '../../core/json.ts'
import { MappingError } from '../mapping_error.ts'
import { type Directive, invalidAt, kindOf, type Place } from './directive.ts'

const TEMPLATE_MAX = 1000 // characters, Segment's limit
const RENDER_MS = 500 // for one event, Segment's limit; looked at between tags only
// What one rendering may allocate, in liquidjs's count (about a byte). Segment's 100 MB would let one event with a large
// number in `(1..n)` hold the process for two seconds; no field of a 32 KB event needs more than this.
const MEMORY_MAX = 1_000_000

/** Tags that read files or repeat: a template is one sentence about one event. */
const TAGS_OFF = ['case', 'for', 'include', 'layout', 'render', 'tablerow']

/** Filters that work through whole lists. */
const FILTERS_OFF = [
  'array_to_sentence_string',
  'concat',
  'find',
  'find_exp',
  'find_index',
  'find_index_exp',
  'group_by',
  'group_by_exp',
  'has',
  'has_exp',
  'map',
  'newline_to_br',
  'reject',
  'reject_exp',
  'reverse',
  'sort',
  'sort_natural',
  'uniq',
  'where_exp',
]

const engine = createEngine()

/** `@liquid`: a Liquid template over the event; always text. Its root is the event itself: `{{ properties.name | upcase }}`. */
export const liquid: Directive = (option, place) => {
  if (typeof option !== 'string') throw invalidAt(place, `takes a Liquid template, not ${kindOf(option)}`)
  if (option.length > TEMPLATE_MAX) {
    throw invalidAt(place, `has ${option.length} characters; at most ${TEMPLATE_MAX} are allowed`)
  }
  const template = parse(option, place)
  const reads = engine.globalFullVariablesSync(template).map((variable) => `.${variable}`)
  return { resolve: (scope) => render(template, scope[0], place), reads }
}

type Template = ReturnType<Liquid['parse']>

function parse(text: string, place: Place): Template {
  try {
    return engine.parse(text)
  } catch (error) {
    throw invalidAt(place, `Liquid refused the template: ${firstLine(error)}`)
  }
}

function render(template: Template, root: Json, place: Place): string {
  // A copy of the top level: `{% increment x %}` writes into its scope.
  const scope = isObject(root) ? { ...root } : {}
  try {
    return String(engine.renderSync(template, scope))
  } catch (cause) {
    throw new MappingError('mapping.failed', place.path, `Liquid gave up: ${firstLine(cause)}`, { cause })
  }
}

const firstLine = (error: unknown): string => (error as Error).message.split('\n')[0]!

function createEngine(): Liquid {
  const created = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    templates: {}, // no file is ever read
    parseLimit: TEMPLATE_MAX,
    renderLimit: RENDER_MS,
    memoryLimit: MEMORY_MAX,
    timezoneOffset: 0, // dates print alike on every machine
  })
  for (const tag of TAGS_OFF) delete created.tags[tag]
  for (const filter of FILTERS_OFF) delete created.filters[filter]
  return created
}
