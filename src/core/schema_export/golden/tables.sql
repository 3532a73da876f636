create schema if not exists "tiktok_ads";

-- Table of advertiser
create table "tiktok_ads"."advertiser" (
  "id" bigint not null,
  "name" text,
  "balance" numeric(20,6),
  "_synced_at" timestamptz,
  "_fivetran_synced" timestamptz,
  "_run_id" text,
  "_row_hash" text,
  "_first_seen_at" timestamptz,
  "_restated_count" bigint,
  "_deleted" boolean,
  primary key ("id")
);
comment on table "tiktok_ads"."advertiser" is 'Table of advertiser';
comment on column "tiktok_ads"."advertiser"."id" is 'What "id" of Ann''s <shop> says';
comment on column "tiktok_ads"."advertiser"."name" is 'What "name" of Ann''s <shop> says';
comment on column "tiktok_ads"."advertiser"."balance" is 'What "balance" of Ann''s <shop> says';
comment on column "tiktok_ads"."advertiser"."_synced_at" is 'When the row was last written, in UTC.';
comment on column "tiktok_ads"."advertiser"."_fivetran_synced" is 'The same moment as _synced_at, under the name that dbt packages read.';
comment on column "tiktok_ads"."advertiser"."_run_id" is 'Run that last wrote the row.';
comment on column "tiktok_ads"."advertiser"."_row_hash" is 'Digest of everything in the row that came from TikTok; it tells whether a row changed.';
comment on column "tiktok_ads"."advertiser"."_first_seen_at" is 'When the row was first written, in UTC.';
comment on column "tiktok_ads"."advertiser"."_restated_count" is 'How often the row was written anew with other values.';
comment on column "tiktok_ads"."advertiser"."_deleted" is 'True when TikTok no longer gives it; a history says so in its newest version.';

-- Table of ad_history
-- advertiser_id → advertiser (id)
create table "tiktok_ads"."ad_history" (
  "ad_id" bigint not null,
  "updated_at" timestamp not null,
  "advertiser_id" bigint,
  "video_id" text,
  "_raw" jsonb,
  "_synced_at" timestamptz,
  "_fivetran_synced" timestamptz,
  "_run_id" text,
  "_row_hash" text,
  "_first_seen_at" timestamptz,
  "_restated_count" bigint,
  "_deleted" boolean,
  primary key ("ad_id", "updated_at")
);
comment on table "tiktok_ads"."ad_history" is 'Table of ad_history';
comment on column "tiktok_ads"."ad_history"."ad_id" is 'What "ad_id" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_history"."updated_at" is 'What "updated_at" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_history"."advertiser_id" is 'What "advertiser_id" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_history"."video_id" is 'What "video_id" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_history"."_raw" is 'What "_raw" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_history"."_synced_at" is 'When the row was last written, in UTC.';
comment on column "tiktok_ads"."ad_history"."_fivetran_synced" is 'The same moment as _synced_at, under the name that dbt packages read.';
comment on column "tiktok_ads"."ad_history"."_run_id" is 'Run that last wrote the row.';
comment on column "tiktok_ads"."ad_history"."_row_hash" is 'Digest of everything in the row that came from TikTok; it tells whether a row changed.';
comment on column "tiktok_ads"."ad_history"."_first_seen_at" is 'When the row was first written, in UTC.';
comment on column "tiktok_ads"."ad_history"."_restated_count" is 'How often the row was written anew with other values.';
comment on column "tiktok_ads"."ad_history"."_deleted" is 'True when TikTok no longer gives it; a history says so in its newest version.';

-- Table of ad_report_daily
-- ad_id → ad_history (ad_id)
create table "tiktok_ads"."ad_report_daily" (
  "ad_id" bigint not null,
  "stat_time_day" timestamp not null,
  "advertiser_id" bigint,
  "spend" numeric(20,6),
  "reach" bigint,
  "ctr" double precision,
  "_synced_at" timestamptz,
  "_fivetran_synced" timestamptz,
  "_run_id" text,
  "_row_hash" text,
  "_first_seen_at" timestamptz,
  "_restated_count" bigint,
  "_is_final" boolean,
  primary key ("ad_id", "stat_time_day")
);
comment on table "tiktok_ads"."ad_report_daily" is 'Table of ad_report_daily';
comment on column "tiktok_ads"."ad_report_daily"."ad_id" is 'What "ad_id" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_report_daily"."stat_time_day" is 'What "stat_time_day" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_report_daily"."advertiser_id" is 'What "advertiser_id" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_report_daily"."spend" is 'What "spend" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_report_daily"."reach" is 'What "reach" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_report_daily"."ctr" is 'What "ctr" of Ann''s <shop> says';
comment on column "tiktok_ads"."ad_report_daily"."_synced_at" is 'When the row was last written, in UTC.';
comment on column "tiktok_ads"."ad_report_daily"."_fivetran_synced" is 'The same moment as _synced_at, under the name that dbt packages read.';
comment on column "tiktok_ads"."ad_report_daily"."_run_id" is 'Run that last wrote the row.';
comment on column "tiktok_ads"."ad_report_daily"."_row_hash" is 'Digest of everything in the row that came from TikTok; it tells whether a row changed.';
comment on column "tiktok_ads"."ad_report_daily"."_first_seen_at" is 'When the row was first written, in UTC.';
comment on column "tiktok_ads"."ad_report_daily"."_restated_count" is 'How often the row was written anew with other values.';
comment on column "tiktok_ads"."ad_report_daily"."_is_final" is 'True when no later run will read the row again.';
