/** What one of TikTok's rules on reports says, for people. */
export interface RuleWords {
  readonly says: string
  /** Who meets it: whoever makes a report of their own, or we, when we read one. */
  readonly isMetBy: 'people' | 'us'
}

const people = (says: string): RuleWords => ({ says, isMetBy: 'people' })
const us = (says: string): RuleWords => ({ says, isMetBy: 'us' })

/** Every rule in a sentence, by its number. */
export const RULE_WORDS: Readonly<Record<string, RuleWords>> = {
  R01: people('Every dimension is one that TikTok knows for such reports, and stands once'),
  R02: people(
    'A report is about one kind of object, so one id is a dimension; ids of parents are metrics, and ad_id and ad_id_v2 exclude each other, also as filters',
  ),
  R03: people('The id among the dimensions is that of the data level'),
  R04: people('Days and hours exclude each other'),
  R05: people(
    'One breakdown at a time: only age with gender, and search_keyword with match_type, may stand together; image_id and video_material_id need ad_id, match_type needs search_keyword, and country_code does not go with hours',
  ),
  R06: people('An audience report has a breakdown that audience reports know, and is cut by days, not by hours'),
  R07: us('A call spans at most 1 day by hours, 30 days by days, and 365 days without either'),
  R08: people(
    'Only basic reports cover the whole life, and not by time, by country or by anything that only audience reports know',
  ),
  R09: us('A report that does not cover the whole life has a first and a last day, in this order'),
  R10: us('A report says which data level it is about'),
  R11: people(
    'What describes an object, such as its name, needs that object: it goes with reports about it or about what is below it, and the id of the level is no metric',
  ),
  R12: people('Every metric is one that the kind of report, the data level and each dimension know'),
  R13: people(
    'Filters are on ids, on the status of the level, on buying_type, and, in basic reports, on campaign_automation_type, promotion_type, objective_type and create_time; country_code is a dimension',
  ),
  R14: people('A filter on a status goes with the data level of that status'),
  R15: people(
    'A filter has a field, a type that TikTok knows and values in the form of that type; ids are filtered by IN, at most 100 at once',
  ),
  R16: people('RESERVATION_TOP_VIEW stands alone in a filter on buying_type'),
  R17: people('cash_spend and voucher_spend are known of advertisers, by day, without a breakdown'),
  R18: people(
    'Paid engaged views and consideration figures stand beside an id and days only; figures of single pictures need image_id',
  ),
  R19: people(
    'Interests and brands of devices come without a series of days, so stat_time_day is no dimension beside them; aggregation by day reads one day at a time',
  ),
  R20: people('A breakdown goes with the data levels that know it'),
  R21: us('What counts people, and billed_cost, are not in files of tasks where they are broken down'),
  R22: us('Tasks give basic, audience and catalogue reports, and filter by ids only'),
  R23: us('A call is about at most five advertisers; we ask for one'),
  R24: us('Totals go with ids and days only; we ask for none'),
  R25: us('A call holds at most 100 metrics, so more of them are read in several calls, and is sorted by one of them'),
  R26: us('Pages begin at 1 and hold at most 1,000 rows'),
  R27: us('Reports on a Business Center have rules of their own'),
  R28: us('Reports on playables have rules of their own'),
  R29: us('Reports on TikTok Shop have rules of their own'),
  R30: us('GMV Max reports have rules of their own'),
  R31: us('Reports on Smart+ materials have rules of their own'),
}
