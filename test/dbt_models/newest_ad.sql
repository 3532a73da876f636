-- Ads as they are now.
select * from (
  select h.*, row_number() over (partition by h.ad_id order by h.updated_at desc) as version
  from {{ source('ad_history') }} h
) v where version = 1
