-- A model holds the conversions of the table it is made from. Rows are what differs by more than 0.01.
with
  compared as (
    select 'ad' as model, s.n as source_n, m.n as model_n, s.v as source_v, m.v as model_v
    from
      (select sum(conversion) as n, sum(coalesce(total_purchase_value, 0) + coalesce(total_sales_lead_value, 0)) as v
       from {{ source('ad_report_hourly') }}) s
      cross join (select sum(conversion) as n, sum(total_conversion_value) as v from {{ ref('ad_report') }} r) m
    union all
    select 'ad_group', s.n, m.n, s.v, m.v
    from
      (select sum(conversion) as n, sum(coalesce(total_purchase_value, 0) + coalesce(total_sales_lead_value, 0)) as v
       from {{ source('adgroup_report_hourly') }}) s
      cross join (select sum(conversion) as n, sum(total_conversion_value) as v from {{ ref('ad_group_report') }} r) m
    union all
    select 'campaign', s.n, m.n, s.v, m.v
    from
      (select sum(conversion) as n, sum(coalesce(total_purchase_value, 0) + coalesce(total_sales_lead_value, 0)) as v
       from {{ source('campaign_report_hourly') }}) s
      cross join (select sum(conversion) as n, sum(total_conversion_value) as v from {{ ref('campaign_report') }} r) m
  )
select * from compared
where source_n is null or model_n is null or abs(source_n - model_n) > 0.01 or abs(source_v - model_v) > 0.01
