import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { firstWorld } from '../change_world.ts'
import { adWorlds } from './ad_world.ts'
import { DAY_MS, dayOf, HOUR_MS, offsetMsAt, startOfDay } from './calendar.ts'
import { exists, lastDayOf, stateOf } from './state.ts'
import type { Advertiser, AdWorld, Entity } from './world.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')

const aWorld = (advertising: object = {}): AdWorld => adWorlds()(firstWorld({ advertising }, NOW))

const entitiesOf = ({ campaigns, adGroups, ads, smartPlusAds }: Advertiser): readonly Entity[] => [
  ...campaigns,
  ...adGroups,
  ...ads,
  ...smartPlusAds,
]

/** All that is known of a world, as text. */
const written = ({ advertisers }: AdWorld): string =>
  JSON.stringify(
    advertisers.map((advertiser) => [
      entitiesOf(advertiser).map(({ id, name, timeline }) => [id, name, timeline]),
      advertiser.ads.map(({ delivery, ad_format, material }) => [delivery, ad_format, material]),
      advertiser.videos,
      advertiser.images,
      advertiser.audiences,
      advertiser.identities,
    ]),
  )

const aSize = fc.record({
  seed: fc.nat(1_000_000),
  days: fc.integer({ min: 1, max: 900 }),
  advertisers: fc.integer({ min: 1, max: 9 }),
  campaigns: fc.integer({ min: 0, max: 40 }),
  adgroups: fc.integer({ min: 0, max: 80 }),
  ads: fc.integer({ min: 0, max: 300 }),
})

test('the same size and seed give the same world', () => {
  fc.assert(
    fc.property(aSize, (size) => {
      assert.equal(written(aWorld(size)), written(aWorld(size)))
    }),
    { numRuns: 20 },
  )
})

test('another seed gives another world', () => {
  assert.notEqual(written(aWorld({ seed: 1 })), written(aWorld({ seed: 2 })))
})

test('a sized world has as many of everything as was asked for, on the day it was asked for', () => {
  fc.assert(
    fc.property(aSize, fc.integer({ min: 2, max: 5 }), ({ campaigns, advertisers, ...rest }, groupsEach) => {
      const most = campaigns + advertisers // one each at least
      const size = { ...rest, advertisers, campaigns: most, adgroups: most * groupsEach }
      const readable = aWorld(size).advertisers.filter(({ isDenied }) => !isDenied)
      const count = (of: (advertiser: Advertiser) => readonly Entity[]) =>
        readable.flatMap((advertiser) => of(advertiser).filter((entity) => exists(entity, NOW))).length

      assert.deepEqual(
        {
          advertisers: readable.length,
          campaigns: count((advertiser) => advertiser.campaigns),
          adgroups: count((advertiser) => advertiser.adGroups),
          ads: count((advertiser) => advertiser.ads),
        },
        { advertisers, campaigns: most, adgroups: most * groupsEach, ads: size.ads },
      )
    }),
    { numRuns: 30 },
  )
})

test('ids have 19 digits, occur once in the world, and are greater for what is newer', () => {
  fc.assert(
    fc.property(aSize, (size) => {
      const { advertisers } = aWorld(size)
      const all = advertisers.flatMap(entitiesOf)

      assert.ok(all.every(({ id }) => /^\d{19}$/.test(id)))
      assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
      for (const { campaigns, adGroups, ads } of advertisers) {
        for (const list of [campaigns, adGroups, ads] as const) {
          const times = list.map(({ timeline }) => timeline.createdAt)
          assert.deepEqual(
            times,
            times.toSorted((a, b) => b - a),
          )
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('nothing is made before what it is in, and nothing ends before it begins', () => {
  fc.assert(
    fc.property(aSize, (size) => {
      for (const { ads, createdAt } of aWorld(size).advertisers) {
        for (const { timeline, adGroup, smartPlusAd, delivery } of ads) {
          const above = [smartPlusAd, adGroup].map((entity) => entity?.timeline.createdAt ?? createdAt)
          assert.ok(above.every((at) => at <= timeline.createdAt))
          assert.ok(adGroup.campaign.timeline.createdAt <= adGroup.timeline.createdAt)
          assert.ok((timeline.deletedAt ?? Infinity) >= timeline.createdAt)
          const { display_timezone } = adGroup.campaign.advertiser
          assert.ok(delivery.firstDay >= dayOf(timeline.createdAt, display_timezone))
          assert.ok(delivery.dailySpend > 0 && delivery.clickRate > 0 && delivery.clickRate < 1)
        }
      }
    }),
    { numRuns: 20 },
  )
})

test('as time passes things are added and edited, and the past stays as it was', () => {
  const world = aWorld()
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (days, more) => {
      const [earlier, later] = [NOW + days * DAY_MS, NOW + (days + more) * DAY_MS]
      for (const advertiser of world.advertisers) {
        const then = advertiser.campaigns.filter((campaign) => exists(campaign, earlier))
        const now = advertiser.campaigns.filter((campaign) => exists(campaign, later))
        assert.deepEqual(
          now.slice(now.length - then.length).map(({ id }) => id),
          then.map(({ id }) => id),
        )
        for (const campaign of then)
          assert.ok(stateOf(world, campaign, later).modifiedAt >= stateOf(world, campaign, earlier).modifiedAt)
      }
    }),
    { numRuns: 50 },
  )
})

test('a simulator started on another day of the half-year shows the same world', () => {
  const on = (day: string) => written(adWorlds()(firstWorld({}, Date.parse(`${day}T08:00:00Z`))))

  assert.equal(on('2026-07-01'), on('2026-12-31'))
  assert.notEqual(on('2026-06-30'), on('2026-07-01'))
})

test('the first world has every kind of campaign, in three currencies', () => {
  const { advertisers } = aWorld()
  const there = advertisers.flatMap(({ campaigns }) => campaigns.filter((campaign) => exists(campaign, NOW)))
  const of = <T>(read: (campaign: (typeof there)[number]) => T) => [...new Set(there.map(read))].toSorted()

  assert.deepEqual(
    advertisers.map(({ currency, timezone, display_timezone }) => [currency, timezone, display_timezone]),
    [
      ['USD', 'Etc/GMT+5', 'America/New_York'],
      ['EUR', 'Etc/GMT-1', 'Europe/Berlin'],
      ['USD', 'Etc/GMT+5', 'America/New_York'],
      ['JPY', 'Etc/GMT-9', 'Asia/Tokyo'],
    ],
  )
  assert.deepEqual(
    of(({ automation }) => automation),
    ['MANUAL', 'SMART_PLUS', 'UPGRADED_SMART_PLUS'],
  )
  assert.deepEqual(
    of(({ buyingType }) => buyingType),
    ['AUCTION', 'RESERVATION_RF', 'RESERVATION_TOP_VIEW'],
  )
  assert.deepEqual(
    of(({ origin }) => origin),
    ['PROMOTE', 'TT_ADS_PLATFORM'],
  )
  assert.deepEqual(
    of(({ timeline }) => timeline.deletedAt !== null),
    [false, true],
  )
  assert.ok(of(({ goal }) => goal.optimization_goal).length >= 8)
})

test('a hand-made stop ends delivery on its day, and a new start takes the stop back', () => {
  const world = firstWorld({}, NOW)
  const make = adWorlds()
  const advertiser = make(world).advertisers[0]!
  const ad = advertiser.ads.find(({ delivery, timeline }) => timeline.createdAt < NOW && delivery.lastDay === null)!
  const deed = (operation: 'DISABLE' | 'ENABLE', at: number) => ({ do: 'change', id: ad.id, at, operation }) as const

  const stopped = make({ ...world, deeds: [deed('DISABLE', NOW)] })
  const started = make({ ...world, deeds: [deed('DISABLE', NOW), deed('ENABLE', NOW + 1)] })

  assert.equal(lastDayOf(stopped, ad), dayOf(NOW, 'America/New_York'))
  assert.equal(lastDayOf(started, ad), null)
})

test('days begin where the zone says they do, on days of 23 and 25 hours too', () => {
  const lengthOf = (day: string, zone: string) => {
    const start = startOfDay(Date.parse(`${day}T00:00:00Z`) / DAY_MS, zone)
    return (startOfDay(Date.parse(`${day}T00:00:00Z`) / DAY_MS + 1, zone) - start) / HOUR_MS
  }

  assert.equal(lengthOf('2026-03-08', 'America/New_York'), 23)
  assert.equal(lengthOf('2026-11-01', 'America/New_York'), 25)
  assert.equal(lengthOf('2026-04-05', 'Australia/Lord_Howe'), 24.5)
  assert.equal(lengthOf('2026-06-01', 'Asia/Kathmandu'), 24)
  assert.equal(offsetMsAt('Asia/Kathmandu', NOW), 5.75 * HOUR_MS)
})

test('every moment lies within its day', () => {
  const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Havana']
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.constantFrom(...zones), (seconds, zone) => {
      const ms = seconds * 1000
      const day = dayOf(ms, zone)
      assert.ok(startOfDay(day, zone) <= ms && ms < startOfDay(day + 1, zone))
    }),
  )
})
