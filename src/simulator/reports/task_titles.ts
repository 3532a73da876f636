/** Headings as Ads Manager has them; all others are made from the name. */
const TITLES: Readonly<Record<string, string>> = {
  advertiser_id: 'Account ID',
  campaign_id: 'Campaign ID',
  adgroup_id: 'Ad Group ID',
  ad_id: 'Ad ID',
  stat_time_day: 'By Day',
  stat_time_hour: 'By Hour',
  country_code: 'Country/Region',
  spend: 'Cost',
  cpc: 'CPC (Destination)',
  cpm: 'CPM',
  ctr: 'CTR (Destination)',
  clicks: 'Clicks (Destination)',
  conversion: 'Conversions',
  cost_per_conversion: 'Cost per conversion',
  video_play_actions: 'Video views',
  video_watched_2s: '2-second video views',
  video_watched_6s: '6-second video views',
  result: 'Results',
}

const spaced = (name: string) => name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase())

/** The heading of a column: in words, which change without notice at TikTok, or the plain name. */
export const titleOf = (name: string, isTranslated: boolean): string =>
  isTranslated ? (TITLES[name] ?? spaced(name)) : name
