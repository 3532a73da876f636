-- tiktok_ads__ad_report: a row for each ad and day.
select
  '' as source_relation,
  cast(h.stat_time_hour as date) as date_day,
  a.advertiser_id,
  v.name as advertiser_name,
  v.currency,
  a.campaign_id,
  c.campaign_name,
  a.adgroup_id as ad_group_id,
  g.adgroup_name as ad_group_name,
  h.ad_id,
  a.ad_name,
  g.category,
  g.gender,
  g.audience_type,
  g.budget,
{{ include('measures') }}
from {{ source('ad_report_hourly') }} h
left join {{ ref('newest_ad') }} a on a.ad_id = h.ad_id
left join {{ ref('newest_ad_group') }} g on g.adgroup_id = a.adgroup_id
left join {{ ref('newest_campaign') }} c on c.campaign_id = a.campaign_id
left join {{ source('advertiser') }} v on v.id = a.advertiser_id
group by
  cast(h.stat_time_hour as date), a.advertiser_id, v.name, v.currency, a.campaign_id, c.campaign_name, a.adgroup_id,
  g.adgroup_name, h.ad_id, a.ad_name, g.category, g.gender, g.audience_type, g.budget
