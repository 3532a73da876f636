-- Campaigns as they are now.
select * from (
  select h.*, row_number() over (partition by h.campaign_id order by h.updated_at desc) as version
  from {{ source('campaign_history') }} h
) v where version = 1
