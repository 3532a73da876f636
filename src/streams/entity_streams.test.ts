import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entityStreams } from './entity_streams.ts'

/** What Fivetran's tables have, and what its public dbt package reads; `_fivetran_synced` comes with every warehouse. */
const FIVETRAN: Readonly<Record<string, string>> = {
  advertiser: `id name address company contacter country currency description email industry license_no license_url
    promotion_area rejected_reason role status telephone_number timezone balance create_time language cellphone_number`,
  campaign_history: `campaign_id updated_at advertiser_id campaign_name campaign_type budget budget_mode operation_status
    objective_type is_new_structure split_test_variable create_time status`,
  adgroup_history: `adgroup_id updated_at advertiser_id campaign_id create_time adgroup_name placement_type profile_image
    landing_page_url display_name app_type app_download_url app_name optimization_event secondary_optimization_event
    creative_material_mode audience_type gender min_android_version min_ios_version budget_mode schedule_type dayparting
    optimization_goal cpv_video_duration pacing billing_event bid_type deep_bid_type impression_tracking_url
    click_tracking_url secondary_status operation_status statistic_type video_download open_url open_url_type
    fallback_type budget bid_price conversion_bid_price deep_cpa_bid schedule_start_time schedule_end_time app_id pixel_id
    inventory_filter_enabled is_hfss is_new_structure category is_comment_disable skip_learning_phase frequency
    frequency_schedule action_days audience excluded_audience location interest_category_v_2 pangle_block_app_list_id
    action_categories placements keywords age_groups languages operating_systems network_types carriers video_actions
    package`,
  ad_history: `ad_id updated_at advertiser_id adgroup_id campaign_id create_time ad_name call_to_action secondary_status
    operation_status ad_text video_id app_name deeplink landing_page_url display_name profile_image_url
    impression_tracking_url click_tracking_url playable_url is_aco creative_authorized is_new_structure image_ids`,
}

const names = (table: string): string[] => FIVETRAN[table]!.trim().split(/\s+/)

test("the tables have every column of Fivetran's", () => {
  for (const table of Object.keys(FIVETRAN)) {
    const columns = entityStreams.find((stream) => stream.table.name === table)!.table.columns.map(({ name }) => name)
    assert.deepEqual(
      names(table).filter((name) => !columns.includes(name)),
      [],
      table,
    )
  }
})

test('every table says each column once, has its key and its advertiser, and refers to what there is', () => {
  const tables = new Map(entityStreams.map(({ table }) => [table.name, table]))
  for (const { name, columns, key, advertiserColumn, references, mode } of tables.values()) {
    const own = columns.map((column) => column.name)
    assert.equal(new Set(own).size, own.length, name)
    assert.deepEqual(
      [...key, advertiserColumn].filter((column) => !own.includes(column)),
      [],
      name,
    )
    assert.ok(mode !== 'history' || key.at(-1) === 'updated_at')
    for (const { columns: from, table, to } of references) {
      const others = tables.get(table)!.columns.map((column) => column.name)
      assert.deepEqual([...from.filter((one) => !own.includes(one)), ...to.filter((one) => !others.includes(one))], [])
    }
    for (const { about } of columns) assert.match(about, /^[A-Z].*[^.]$/, name)
  }
})
