import { below, type Directive, optionsOf, wordOf } from './directive.ts'

/** `@case`: text in lower or upper case; anything that is not text passes through. */
export const caseDirective: Directive = (option, place, compile) => {
  const options = optionsOf(option, place, ['operator', 'value'], ['operator', 'value'])
  const isLower = wordOf(options.operator, below(place, 'operator'), ['lower', 'upper']) === 'lower'
  const { resolve, reads } = compile(options.value!, below(place, 'value'))
  const change = (text: string) => (isLower ? text.toLowerCase() : text.toUpperCase())
  return {
    resolve: (scope) => {
      const value = resolve(scope)
      return typeof value === 'string' ? change(value) : value
    },
    reads,
  }
}
