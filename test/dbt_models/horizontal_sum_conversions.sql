-- Conversions and their value are the same in the reports of ads, ad groups, campaigns and accounts, and those of pages are those
-- of the ads that lead to one. Rows are what differs.
with
  ads as (
    select sum(conversion) as n, sum(real_time_conversion) as r, sum(total_conversion_value) as v from {{ ref('ad_report') }} m
  ),
  linked as (
    select sum(m.conversion) as n, sum(m.real_time_conversion) as r, sum(m.total_conversion_value) as v
    from {{ ref('ad_report') }} m
    join {{ ref('newest_ad') }} a on a.ad_id = m.ad_id
    where a.landing_page_url is not null
  ),
  others as (
    select 'ad_group' as model, sum(conversion) as n, sum(real_time_conversion) as r, sum(total_conversion_value) as v
    from {{ ref('ad_group_report') }} m
    union all
    select 'campaign', sum(conversion), sum(real_time_conversion), sum(total_conversion_value) from {{ ref('campaign_report') }} m
    union all
    select 'advertiser', sum(conversion), sum(real_time_conversion), sum(total_conversion_value)
    from {{ ref('advertiser_report') }} m
  ),
  pages as (
    select 'url' as model, sum(conversion) as n, sum(real_time_conversion) as r, sum(total_conversion_value) as v
    from {{ ref('url_report') }} m
  )
select o.model, o.n, o.r, o.v, ads.n as expected_n, ads.r as expected_r, ads.v as expected_v
from others o cross join ads
where o.n is distinct from ads.n or o.r is distinct from ads.r or o.v is distinct from ads.v
union all
select p.model, p.n, p.r, p.v, linked.n, linked.r, linked.v
from pages p cross join linked
where p.n is distinct from linked.n or p.r is distinct from linked.r or p.v is distinct from linked.v
