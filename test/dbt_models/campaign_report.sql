-- tiktok_ads__campaign_report: a row for each campaign and day.
select
  '' as source_relation,
  cast(h.stat_time_hour as date) as date_day,
  c.advertiser_id,
  v.name as advertiser_name,
  v.currency,
  h.campaign_id,
  c.campaign_name,
{{ include('measures') }}
from {{ source('campaign_report_hourly') }} h
left join {{ ref('newest_campaign') }} c on c.campaign_id = h.campaign_id
left join {{ source('advertiser') }} v on v.id = c.advertiser_id
group by cast(h.stat_time_hour as date), c.advertiser_id, v.name, v.currency, h.campaign_id, c.campaign_name
