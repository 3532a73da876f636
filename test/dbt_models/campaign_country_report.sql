-- tiktok_ads__campaign_country_report: a row for each campaign, country and day.
select
  '' as source_relation,
  cast(r.stat_time_day as date) as date_day,
  c.advertiser_id,
  v.name as advertiser_name,
  v.currency,
  r.campaign_id,
  c.campaign_name,
  r.country_code,
  c.campaign_type,
  c.create_time as created_at,
  c.objective_type,
  c.status,
  c.split_test_variable,
  c.budget,
  c.budget_mode,
  sum(r.impressions) as impressions,
  sum(r.clicks) as clicks,
  sum(r.spend) as spend,
  sum(r.conversion) as conversion,
  sum(r.real_time_conversion) as real_time_conversion,
  sum(r.spend) / nullif(sum(r.clicks), 0) as daily_cpc,
  sum(r.spend) / nullif(sum(r.impressions), 0) * 1000 as daily_cpm,
  sum(r.clicks) / nullif(sum(r.impressions), 0) * 100 as daily_ctr
from {{ source('campaign_country_report') }} r
left join {{ ref('newest_campaign') }} c on c.campaign_id = r.campaign_id
left join {{ source('advertiser') }} v on v.id = c.advertiser_id
group by
  cast(r.stat_time_day as date), c.advertiser_id, v.name, v.currency, r.campaign_id, c.campaign_name, r.country_code,
  c.campaign_type, c.create_time, c.objective_type, c.status, c.split_test_variable, c.budget, c.budget_mode
