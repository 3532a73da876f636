-- The page an ad leads to, taken apart: its address without parameters, host, path, and the parameters of the visit.
select
  u.*,
  split_part(u.landing_page_url, '?', 1) as base_url,
  split_part(split_part(u.bare_url, '/', 1), '?', 1) as url_host,
  '/' || split_part(substr(u.bare_url, length(split_part(u.bare_url, '/', 1)) + 2), '?', 1) as url_path,
  nullif(split_part(split_part(u.landing_page_url, 'utm_source=', 2), '&', 1), '') as utm_source,
  nullif(split_part(split_part(u.landing_page_url, 'utm_medium=', 2), '&', 1), '') as utm_medium,
  nullif(split_part(split_part(u.landing_page_url, 'utm_campaign=', 2), '&', 1), '') as utm_campaign,
  nullif(split_part(split_part(u.landing_page_url, 'utm_content=', 2), '&', 1), '') as utm_content,
  nullif(split_part(split_part(u.landing_page_url, 'utm_term=', 2), '&', 1), '') as utm_term
from (
  select a.*, replace(replace(a.landing_page_url, 'https://', ''), 'http://', '') as bare_url
  from {{ ref('newest_ad') }} a
  where a.landing_page_url is not null
) u
