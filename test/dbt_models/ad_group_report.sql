-- tiktok_ads__ad_group_report: a row for each ad group and day.
select
  '' as source_relation,
  cast(h.stat_time_hour as date) as date_day,
  g.advertiser_id,
  v.name as advertiser_name,
  v.currency,
  g.campaign_id,
  c.campaign_name,
  h.adgroup_id as ad_group_id,
  g.adgroup_name as ad_group_name,
  g.category,
  g.gender,
  g.audience_type,
  g.budget,
{{ include('measures') }}
from {{ source('adgroup_report_hourly') }} h
left join {{ ref('newest_ad_group') }} g on g.adgroup_id = h.adgroup_id
left join {{ ref('newest_campaign') }} c on c.campaign_id = g.campaign_id
left join {{ source('advertiser') }} v on v.id = g.advertiser_id
group by
  cast(h.stat_time_hour as date), g.advertiser_id, v.name, v.currency, g.campaign_id, c.campaign_name, h.adgroup_id,
  g.adgroup_name, g.category, g.gender, g.audience_type, g.budget
