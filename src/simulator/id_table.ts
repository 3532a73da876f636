const FIRST_CAPACITY = 1024
const CHUNK_BYTES = 2 ** 20

/** FNV-1a over the UTF-16 units, then murmur's finish, so that running numbers spread over the slots. */
function hashOf(stream: number, id: string): number {
  let hash = Math.imul(stream ^ 0x811c9dc5, 0x01000193)
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function grown(column: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(length)
  copy.set(column)
  return copy
}

/** Texts one after the other in large buffers, each found again by where it lies. */
class Texts {
  readonly #chunks: Buffer[] = []
  #used = 0

  /** Number of the chunk, offset and length in bytes. */
  add(text: string): readonly [chunk: number, offset: number, length: number] {
    const room = text.length * 3 // most that UTF-8 takes for a UTF-16 unit
    const last = this.#chunks.at(-1)
    if (last === undefined || last.length - this.#used < room) this.#open(room)
    const chunk = this.#chunks.length - 1
    const offset = this.#used
    const length = this.#chunks[chunk]!.write(text, offset)
    this.#used += length
    return [chunk, offset, length]
  }

  at(chunk: number, offset: number, length: number): string {
    return this.#chunks[chunk]!.toString('utf8', offset, offset + length)
  }

  #open(room: number): void {
    this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, room)))
    this.#used = 0
  }
}

/**
 * Millions of (stream, id) → 32-bit number, outside the garbage collector's sight: about 60 bytes for a UUID, half of
 * what a Map of strings takes, and without a Map's limit of 16 million. Entries are only added.
 */
export class IdTable {
  readonly #texts = new Texts()
  /** Open addressing: entry number + 1, or 0. */
  #slots = new Uint32Array(2 * FIRST_CAPACITY)
  #hashes = new Uint32Array(FIRST_CAPACITY)
  #streams = new Uint32Array(FIRST_CAPACITY)
  #chunks = new Uint32Array(FIRST_CAPACITY)
  #offsets = new Uint32Array(FIRST_CAPACITY)
  #lengths = new Uint32Array(FIRST_CAPACITY)
  #values = new Uint32Array(FIRST_CAPACITY)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The entry of an id, or -1. */
  find(stream: number, id: string): number {
    return this.#slots[this.#slotOf(stream, id, hashOf(stream, id))]! - 1
  }

  /** Adds an id that is not there yet. The value is kept as 32 bits. */
  add(stream: number, id: string, value: number): void {
    if (this.#size === this.#hashes.length) this.#grow()
    const entry = this.#size++
    const [chunk, offset, length] = this.#texts.add(id)
    this.#hashes[entry] = hashOf(stream, id)
    this.#streams[entry] = stream
    this.#chunks[entry] = chunk
    this.#offsets[entry] = offset
    this.#lengths[entry] = length
    this.#values[entry] = value
    this.#slots[this.#freeSlot(this.#hashes[entry]!)] = entry + 1
  }

  /** The value of an entry, as a signed number. */
  valueAt(entry: number): number {
    return this.#values[entry]! | 0
  }

  setValueAt(entry: number, value: number): void {
    this.#values[entry] = value
  }

  streamAt(entry: number): number {
    return this.#streams[entry]!
  }

  idAt(entry: number): string {
    return this.#texts.at(this.#chunks[entry]!, this.#offsets[entry]!, this.#lengths[entry]!)
  }

  #isAt(entry: number, stream: number, id: string, hash: number): boolean {
    return this.#hashes[entry] === hash && this.#streams[entry] === stream && this.idAt(entry) === id
  }

  #slotOf(stream: number, id: string, hash: number): number {
    const last = this.#slots.length - 1
    let slot = hash & last
    while (this.#slots[slot] !== 0 && !this.#isAt(this.#slots[slot]! - 1, stream, id, hash)) slot = (slot + 1) & last
    return slot
  }

  #freeSlot(hash: number): number {
    const last = this.#slots.length - 1
    let slot = hash & last
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last
    return slot
  }

  #grow(): void {
    const capacity = 2 * this.#hashes.length
    this.#hashes = grown(this.#hashes, capacity)
    this.#streams = grown(this.#streams, capacity)
    this.#chunks = grown(this.#chunks, capacity)
    this.#offsets = grown(this.#offsets, capacity)
    this.#lengths = grown(this.#lengths, capacity)
    this.#values = grown(this.#values, capacity)
    this.#slots = new Uint32Array(2 * capacity)
    for (let entry = 0; entry < this.#size; entry++) this.#slots[this.#freeSlot(this.#hashes[entry]!)] = entry + 1
  }
}
