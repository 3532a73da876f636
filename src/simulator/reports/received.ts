import { getOrAdd } from '../get_or_add.ts'
import { MINUTE_MS } from '../world/calendar.ts'
import type { Figures } from './columns.ts'
import type { Share, Span } from './journeys.ts'
import { chance } from './scatter.ts'

const GRAIN_MS = 15 * MINUTE_MS // every zone's days and hours begin at a quarter of an hour
const ADS_KEPT = 20_000
const GRAINS_KEPT = 2000 // of an ad; about three weeks without a quarter of an hour's pause

/** What events added, by column. */
type Amounts = Map<number, number>

/**
 * What received events add to the figures of ads: for each ad and quarter of an hour, so that memory is bounded however
 * many events come. An ad that nothing has come for the longest is forgotten first.
 */
export class ReceivedFigures {
  readonly #ads = new Map<string, Map<number, Amounts>>()
  #version = 0

  /** Rises when an ad gets figures at a time where it had none. */
  get version(): number {
    return this.#version
  }

  add(adId: string, at: number, columns: readonly number[], amount: number): void {
    if (columns.length === 0) return
    const amounts = getOrAdd(this.#ofAd(adId), Math.floor(at / GRAIN_MS), () => {
      this.#version += 1
      return new Map<number, number>()
    })
    for (const column of columns) amounts.set(column, (amounts.get(column) ?? 0) + amount)
  }

  /** Whether anything was received for an ad within a span. */
  has(adId: string, span: Span): boolean {
    const grains = this.#ads.get(adId)
    if (grains === undefined) return false
    for (const grain of grains.keys()) if (isWithin(grain, span)) return true
    return false
  }

  /** Adds what was received for an ad within a span. What came in one quarter of an hour falls to one cell of a breakdown. */
  addTo(out: Figures, adId: string, span: Span, cell: Share | null): void {
    const grains = this.#ads.get(adId)
    if (grains === undefined) return
    for (const [grain, amounts] of grains) {
      if (!isWithin(grain, span)) continue
      const place = chance(grain, 1)
      if (cell !== null && (place < cell.from || place >= cell.to)) continue
      for (const [column, amount] of amounts) out[column]! += amount
    }
  }

  clear(): void {
    this.#ads.clear()
    this.#version += 1
  }

  #ofAd(adId: string): Map<number, Amounts> {
    const known = this.#ads.get(adId)
    const grains = known ?? new Map<number, Amounts>()
    if (known !== undefined) this.#ads.delete(adId)
    this.#ads.set(adId, grains)
    if (this.#ads.size > ADS_KEPT) this.#ads.delete(this.#ads.keys().next().value!)
    if (grains.size > GRAINS_KEPT) grains.delete(grains.keys().next().value!)
    return grains
  }
}

function isWithin(grain: number, { from, to }: Span): boolean {
  const at = grain * GRAIN_MS
  return at >= from && at < to
}
