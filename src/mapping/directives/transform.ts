import { below, type Directive, invalidAt, kindOf, optionsOf, rerooted } from './directive.ts'

/** `@transform`: maps twice. `mapping` sees only what `apply` gave, never the event. */
export const transform: Directive = (option, place, compile) => {
  const options = optionsOf(option, place, ['apply', 'mapping'], ['apply', 'mapping'])
  for (const key of ['apply', 'mapping'] as const) {
    const kind = kindOf(options[key])
    if (kind !== 'an object') throw invalidAt(below(place, key), `must be an object, not ${kind}`)
  }
  const apply = compile(options.apply!, below(place, 'apply'))
  const mappingPlace = rerooted(below(place, 'mapping'))
  const map = mappingPlace.readers.bind(compile(options.mapping!, mappingPlace).resolve)
  return { resolve: (scope) => map(apply.resolve(scope) ?? {}), reads: apply.reads }
}
