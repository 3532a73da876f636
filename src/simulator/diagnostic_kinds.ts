export type Severity = 'error' | 'warning' | 'note'

interface Kind {
  readonly severity: Severity
  /** What was seen. */
  readonly about: string
  readonly remedy: string
}

const kind = (severity: Severity, about: string, remedy: string): Kind => ({ severity, about, remedy })

/** What the simulator points out about events it took, in the manner of the diagnostics in TikTok's Events Manager. */
export const DIAGNOSTICS = {
  unhashed_identifier: kind(
    'error',
    'Not a SHA-256 digest',
    'Normalise the value, then send its SHA-256 as 64 lowercase hex digits',
  ),
  uppercase_digest: kind('warning', 'Digest in upper case', 'Write the digest in lower case'),
  digest_of_nothing: kind('error', 'Digest of an empty text', 'Leave the field out when there is no value'),
  phone_number_field: kind('error', 'phone_number is the 1.0 name and matches nobody', 'Send the digest as user.phone'),
  no_match_key: kind(
    'error',
    'Nothing to find a person by',
    'Send email, phone, external_id, ttclid, _ttp, or ip with user_agent',
  ),
  missing_event_id: kind('warning', 'No event_id, so copies cannot be told apart', 'Send a stable event_id'),
  duplicate_dropped: kind(
    'note',
    'Copy of an event received in the last 48 hours; dropped',
    'Nothing, if it was sent again on purpose',
  ),
  duplicate_merged: kind(
    'note',
    'Copy from the other channel within five minutes; merged',
    'Nothing: pixel and server agree',
  ),
  ttclid_form: kind(
    'warning',
    'ttclid does not begin with E.C.P.',
    'Send the ttclid of the landing URL unchanged, no placeholder',
  ),
  invalid_ip: kind('warning', 'Not an IP address', "Send the visitor's IPv4 or IPv6 address"),
  private_ip: kind('warning', 'Address from a private network', "Send the visitor's public address, not a proxy's"),
  ip_without_user_agent: kind('warning', 'ip without user_agent', 'Send both: they match only together'),
  limited_data_use_without_ip: kind(
    'warning',
    'limited_data_use without a public ip',
    'Send user.ip, by which TikTok finds the state',
  ),
  renamed_event: kind('note', 'Old name of a standard event', 'Send the new name'),
  reserved_event: kind('warning', 'Reserved name, counted as a standard event', 'Send the standard name'),
  deprecated_event: kind('warning', 'Standard event that ends in 2027', 'Use Purchase, Lead or ViewContent'),
  custom_event: kind('note', 'Custom event', 'Fine for reports and audiences; campaigns optimise for standard events'),
  custom_event_offline: kind('error', 'Custom name on an offline event', 'Offline takes standard events only'),
  value_without_currency: kind('error', 'value without currency', 'Send properties.currency'),
  lowercase_currency: kind('warning', 'Currency in lower case', 'Write it in upper case'),
  unsupported_currency: kind('error', 'Currency TikTok does not list', 'Convert the value into a listed currency'),
  numeric_text: kind('warning', 'Number sent as text', 'Send a JSON number'),
  content_id_missing: kind('warning', 'Item without content_id', "Send the catalog's sku_id or item_group_id"),
  contents_and_content_ids: kind('warning', 'contents and content_ids together', 'Send one of them'),
  unknown_choice: kind('warning', 'Not one of the documented values', 'See the Parameters page for the list'),
  misplaced_field: kind(
    'error',
    'Field at a place where it has no effect',
    'Move it to where the Parameters page has it',
  ),
  page_url_missing: kind('warning', 'Web event without page.url', 'Send the full URL of the page'),
  page_url_form: kind('error', 'page.url is not http(s)', 'Send the full URL, with http:// or https://'),
  too_old: kind('warning', 'Older than 28 days: cannot be attributed', 'Send events when they happen'),
  in_future: kind('warning', 'event_time lies in the future', "Check the sender's clock and time zone"),
  test_event: kind(
    'note',
    'Carries a test_event_code: shown under test events, not counted',
    'Remove the code for live traffic',
  ),
} as const satisfies Record<string, Kind>

export type DiagnosticKind = keyof typeof DIAGNOSTICS
