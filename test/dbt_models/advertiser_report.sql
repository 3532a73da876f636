-- tiktok_ads__advertiser_report: a row for each account and day, made of what its ads delivered.
select
  '' as source_relation,
  cast(h.stat_time_hour as date) as date_day,
  a.advertiser_id,
  v.name as advertiser_name,
  v.currency,
{{ include('measures') }}
from {{ source('ad_report_hourly') }} h
left join {{ ref('newest_ad') }} a on a.ad_id = h.ad_id
left join {{ source('advertiser') }} v on v.id = a.advertiser_id
group by cast(h.stat_time_hour as date), a.advertiser_id, v.name, v.currency
