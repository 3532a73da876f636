import type { Directive } from './directive.ts'

/** `@literal`: the value as it stands; a directive inside it is still carried out. */
export const literal: Directive = (option, place, compile) => compile(option, place)
