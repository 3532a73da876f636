import type { JsonObject } from '../core/json.ts'

/** From so many keys on, an object built key by key is better started as a wide one. */
export const WIDE_FROM = 12

/**
 * A plain empty object with room for some thirty keys. V8 turns an object that grows key by key into a hash table at
 * about sixteen keys, which makes building and reading a mapped row three times slower. It reserves room by counting the
 * `this.x =` it sees in a constructor, even when they never run, and shrinks it after the first few objects.
 */
export function wideObject(): JsonObject {
  return new (Wide as unknown as new () => JsonObject)()
}

function Wide(this: JsonObject): void {
  if (new.target !== undefined) return
  this.a = this.b = this.c = this.d = this.e = this.f = this.g = this.h = null
  this.i = this.j = this.k = this.l = this.m = this.n = this.o = this.p = null
  this.q = this.r = this.s = this.t = this.u = this.v = this.w = this.x = null
}

// Its objects are like any other: `{}` in all but their room.
Wide.prototype = Object.prototype

const FIRST_OBJECTS = 8 // while V8 still measures how much room is used
for (let i = 0; i < FIRST_OBJECTS; i++) {
  const measured = wideObject()
  for (let key = 0; key < 40; key++) measured[`key_${key}`] = null
}
