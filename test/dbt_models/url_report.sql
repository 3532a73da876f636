-- tiktok_ads__url_report: as the report of ads, for those only that lead to a page.
select
  '' as source_relation,
  cast(h.stat_time_hour as date) as date_day,
  u.advertiser_id,
  v.name as advertiser_name,
  v.currency,
  u.campaign_id,
  c.campaign_name,
  u.adgroup_id as ad_group_id,
  g.adgroup_name as ad_group_name,
  h.ad_id,
  u.ad_name,
  u.base_url,
  u.url_host,
  u.url_path,
  u.utm_source,
  u.utm_medium,
  u.utm_campaign,
  u.utm_content,
  u.utm_term,
{{ include('measures') }}
from {{ source('ad_report_hourly') }} h
join {{ ref('url_parts') }} u on u.ad_id = h.ad_id
left join {{ ref('newest_ad_group') }} g on g.adgroup_id = u.adgroup_id
left join {{ ref('newest_campaign') }} c on c.campaign_id = u.campaign_id
left join {{ source('advertiser') }} v on v.id = u.advertiser_id
group by
  cast(h.stat_time_hour as date), u.advertiser_id, v.name, v.currency, u.campaign_id, c.campaign_name, u.adgroup_id,
  g.adgroup_name, h.ad_id, u.ad_name, u.base_url, u.url_host, u.url_path, u.utm_source, u.utm_medium, u.utm_campaign,
  u.utm_content, u.utm_term
