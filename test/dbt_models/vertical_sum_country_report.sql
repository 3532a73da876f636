-- For each campaign the report by country holds the rows, days and figures of its table. Rows are what differs.
with
  staged as (
    select
      campaign_id, count(*) as n, count(distinct cast(stat_time_day as date)) as days, sum(impressions) as impressions,
      sum(clicks) as clicks, sum(spend) as spend, sum(conversion) as conversion, sum(real_time_conversion) as real_time_conversion
    from {{ source('campaign_country_report') }}
    group by campaign_id
  ),
  modelled as (
    select
      campaign_id, count(*) as n, count(distinct date_day) as days, sum(impressions) as impressions, sum(clicks) as clicks,
      sum(spend) as spend, sum(conversion) as conversion, sum(real_time_conversion) as real_time_conversion
    from {{ ref('campaign_country_report') }} r
    group by campaign_id
  )
select s.campaign_id as staged_id, m.campaign_id as modelled_id
from staged s full join modelled m on m.campaign_id = s.campaign_id
where
  s.n is distinct from m.n or s.days is distinct from m.days or s.impressions is distinct from m.impressions
  or s.clicks is distinct from m.clicks or s.conversion is distinct from m.conversion
  or s.real_time_conversion is distinct from m.real_time_conversion
  or s.spend is null or m.spend is null or abs(s.spend - m.spend) > 0.01
