import { videoOf } from '../entities/ad_row.ts'
import { getOrAdd } from '../get_or_add.ts'
import type { Ad, AdGroup } from '../world/world.ts'
import type { Share } from './journeys.ts'
import { chance, scatter, textSeed } from './scatter.ts'

/** One value of a breakdown, and the part of an ad's figures that falls to it. */
export interface Cell {
  /** The texts of the breakdowns, in the order they were asked for, one a line. */
  readonly key: string
  readonly share: Share
}

type Weighted = readonly (readonly [value: string, weight: number])[]

/** Values that part the people between them, a little different for each ad group; `covered` is the part that is known. */
function parted(weights: Weighted, seed: number, covered = 1): readonly Cell[] {
  const varied = weights.map(([value, weight], nth) => [value, weight * (0.7 + 0.6 * chance(seed, nth))] as const)
  const sum = varied.reduce((total, [, weight]) => total + weight, 0)
  let done = 0
  return varied.map(([value, weight], nth) => {
    const from = done
    done = nth === varied.length - 1 ? covered : done + (weight / sum) * covered
    return { key: value, share: { from, to: done } }
  })
}

/** Values of which a person has several: their figures overlap and add up to more than there is. */
function overlapping(values: readonly string[], seed: number): readonly Cell[] {
  return values.map((value, nth) => {
    const size = 0.04 + 0.4 * chance(seed, nth)
    const from = (1 - size) * chance(seed, nth + 500)
    return { key: value, share: { from, to: from + size } }
  })
}

/** Each of these with each of those. */
const crossed = (these: readonly Cell[], those: readonly Cell[]): readonly Cell[] =>
  these.flatMap(({ key, share }) => {
    const size = share.to - share.from
    return those.map((other) => ({
      key: `${key}\n${other.key}`,
      share: {
        from: share.from + size * other.share.from,
        to: other.share.to === 1 ? share.to : share.from + size * other.share.to,
      },
    }))
  })

const whole = (value: string): readonly Cell[] => [{ key: value, share: { from: 0, to: 1 } }]

const AGES: Weighted = [
  ['AGE_13_17', 0.03],
  ['AGE_18_24', 0.36],
  ['AGE_25_34', 0.29],
  ['AGE_35_44', 0.17],
  ['AGE_45_54', 0.09],
  ['AGE_55_100', 0.05],
]
const NETWORKS: Weighted = [
  ['WIFI', 0.61],
  ['4G', 0.26],
  ['5G', 0.11],
  ['3G', 0.02],
]
const BRANDS: Weighted = [
  ['1', 0.45],
  ['2', 0.24],
  ['3', 0.13],
  ['7', 0.08],
  ['12', 0.04],
]
const PLACES_COVERED = 0.93 // provinces and market areas are incomplete, by TikTok's own word
const COUNTRIES_COVERED = 0.996

const ids = (first: number, count: number, step: number): readonly string[] =>
  Array.from({ length: count }, (_, nth) => `${first + nth * step}`)

const even = (values: readonly string[]): Weighted => values.map((value, nth) => [value, 1 / (nth + 1)])

function ages({ age_groups }: AdGroup): Weighted {
  const targeted = AGES.filter(([age]) => age_groups.includes(age))
  return [...(targeted.length === 0 ? AGES : targeted), ['NONE', 0.01]]
}

function genders({ gender }: AdGroup): Weighted {
  if (gender !== 'GENDER_UNLIMITED') return [[gender === 'GENDER_FEMALE' ? 'FEMALE' : 'MALE', 1]]
  return [
    ['FEMALE', 0.55],
    ['MALE', 0.42],
    ['NONE', 0.03],
  ]
}

const areas = ({ countries }: AdGroup): Weighted =>
  countries.flatMap((country, nth) =>
    even(ids(1_000_000 + (textSeed(country) % 9_000_000), 6, 911)).map(
      ([id, weight]) => [id, weight / (nth * 3 + 1)] as const,
    ),
  )

const MARKET_AREAS = ['501', '803', '602', '623', '504', '618', '511', '524']
const INTERESTS = ids(10_000, 12, 1000)
const TERMS = ['running shoes', 'gift ideas', 'best backpack', 'sale', 'trail shoes', 'rain jacket', 'sneakers', 'deal']

const isSearched = ({ campaign }: AdGroup) => campaign.buyingType === 'AUCTION' && campaign.goal.leg === 'web'

/** A small part of the figures: what `cells` say, of the first `size` of all people. */
const within = (size: number, cells: readonly Cell[]): readonly Cell[] =>
  cells.map(({ key, share }) => ({ key, share: { from: share.from * size, to: share.to * size } }))

type MakeCells = (adGroup: AdGroup, seed: number) => readonly Cell[]

const MAKERS: Readonly<Record<string, MakeCells>> = {
  age: (adGroup, seed) => parted(ages(adGroup), seed),
  gender: (adGroup, seed) => parted(genders(adGroup), seed),
  country_code: ({ countries }, seed) => parted(even(countries), seed, COUNTRIES_COVERED),
  province_id: (adGroup, seed) => parted(areas(adGroup), seed, PLACES_COVERED),
  dma_id: ({ countries }, seed) => (countries.includes('US') ? parted(even(MARKET_AREAS), seed, PLACES_COVERED) : []),
  language: ({ languages }, seed) => parted(even([...new Set([...languages, 'en', 'es'])]), seed),
  platform: ({ operating_systems }, seed) => parted(even(operating_systems), seed),
  ac: (_, seed) => parted(NETWORKS, seed),
  placement: ({ placements }, seed) => parted(even(placements), seed),
  device_brand_id: (_, seed) => parted(BRANDS, seed),
  interest_category: (_, seed) => overlapping(INTERESTS, seed),
  interest_category_v2: (_, seed) => overlapping(INTERESTS, seed),
  interest_category_tier2: (_, seed) => overlapping(ids(10_100, 16, 700), seed),
  interest_category_tier3: (_, seed) => overlapping(ids(10_110, 20, 510), seed),
  interest_category_tier4: (_, seed) => overlapping(ids(10_111, 20, 417), seed),
  behavior_id: (_, seed) => overlapping(ids(100, 14, 37), seed),
  contextual_tag: (_, seed) => overlapping(ids(2001, 6, 13), seed),
  hashtag: (_, seed) => overlapping(['fyp', 'shopping', 'style', 'fitness', 'home'], seed),
  audience_tags: (_, seed) => overlapping(ids(301, 6, 11), seed),
  additional_interests: (_, seed) => overlapping(ids(401, 6, 11), seed),
  purchase_intention: (_, seed) => overlapping(ids(501, 6, 11), seed),
  search_terms: (adGroup, seed) => (isSearched(adGroup) ? within(0.02, parted(even(TERMS), seed)) : []),
  search_keyword: (adGroup, seed) => (isSearched(adGroup) ? within(0.015, parted(even(TERMS.slice(0, 4)), seed)) : []),
  match_type: (_, seed) =>
    parted(
      [
        ['BROAD_WORD', 0.6],
        ['PHRASE_WORD', 0.3],
        ['PRECISE_WORD', 0.1],
      ],
      seed,
    ),
}

/** Breakdowns by what an ad is, not by who saw it. */
const OF_ADS: Readonly<Record<string, (ad: Ad) => string | null>> = {
  ad_type: ({ isSpark }) => (isSpark ? 'SPARK_ADS' : 'NON_SPARK_ADS'),
  video_material_id: (ad) => (ad.ad_format === 'SINGLE_VIDEO' ? videoOf(ad).material_id : null),
}

const ofAdGroups = new WeakMap<AdGroup, Map<string, readonly Cell[]>>()

function makeCells(adGroup: AdGroup, breakdowns: readonly string[]): readonly Cell[] {
  const seedOf = (name: string) => scatter(textSeed(adGroup.id), textSeed(name))
  const [first = [], ...others] = breakdowns.map((name) => MAKERS[name]?.(adGroup, seedOf(name)) ?? [])
  return others.reduce(crossed, first)
}

/** How an ad's figures fall to the values of breakdowns; nothing for breakdowns this world has no data for. */
export function cellsOf(ad: Ad, breakdowns: readonly string[]): readonly Cell[] {
  const ofAd = OF_ADS[breakdowns[0] ?? '']
  if (ofAd !== undefined) {
    const value = ofAd(ad)
    return value === null ? [] : whole(value)
  }
  let known = ofAdGroups.get(ad.adGroup)
  if (known === undefined) {
    known = new Map()
    ofAdGroups.set(ad.adGroup, known)
  }
  return getOrAdd(known, breakdowns.join(), () => makeCells(ad.adGroup, breakdowns))
}
