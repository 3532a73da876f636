-- Ad groups as they are now.
select * from (
  select h.*, row_number() over (partition by h.adgroup_id order by h.updated_at desc) as version
  from {{ source('adgroup_history') }} h
) v where version = 1
