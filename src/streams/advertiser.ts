import type { Stream } from '../core/stream.ts'
import { ADVERTISER_FIELDS, advertiserInfo } from '../tiktok/endpoints/advertiser_info.ts'
import type { Reader } from '../tiktok/reader.ts'
import { column, derived, withoutSignature } from './entity_columns.ts'
import { entityStream } from './entity_stream.ts'

/** The ad accounts as they are now. */
export const advertiser: Stream<Reader> = entityStream({
  table: {
    name: 'advertiser',
    about: 'The ad account as it is now',
    mode: 'upsert',
    key: ['id'],
    references: [],
  },
  advertiserColumn: 'id',
  columns: [
    derived('id', 'id', 'Id of the advertiser', 'advertiser_id', (info, { id }) => info['advertiser_id'] ?? id),
    column('text', 'name', 'Name of the account'),
    column('text', 'company', 'Company the account belongs to'),
    column('text', 'address', 'Address of the company'),
    column('text', 'contacter', 'Person to contact, masked by TikTok'),
    column('text', 'email', 'Email address, masked by TikTok'),
    column('text', 'cellphone_number', 'Mobile number, masked by TikTok'),
    column('text', 'telephone_number', 'Telephone number, masked by TikTok'),
    column('text', 'country', 'Country or region of registration'),
    column('text', 'currency', 'Currency of every amount of the account'),
    column('text', 'timezone', "Time zone of the account's days; Etc/GMT+8 means eight hours behind UTC"),
    column('text', 'display_timezone', 'The same zone by the name of a place, such as America/New_York'),
    column('text', 'industry', 'Code of the industry'),
    column('text', 'language', 'Language of the account'),
    column('text', 'description', "What the account's owner says of the brand"),
    column('text', 'license_no', 'Number of the licence'),
    derived(
      'text',
      'license_url',
      'Picture of the licence, without the signature that expires',
      'license_url',
      (info) => withoutSignature(info['license_url']),
    ),
    column('text', 'promotion_area', 'Area that is advertised in; older accounts only'),
    column('text', 'rejected_reason', 'Why TikTok refused the account', ['rejection_reason', 'rejected_reason']),
    column('text', 'role', 'Role of the account, such as ROLE_ADVERTISER'),
    column('text', 'status', 'Status of the account, such as STATUS_ENABLE'),
    column('money', 'balance', 'Money left, in the currency of the account'),
    column('local_time', 'create_time', 'When the account was made, in UTC'),
  ],
  callsPerSlice: 1,
  documented: ADVERTISER_FIELDS,
  fleeting: ['license_url'],
  async *read(reader, { id }) {
    const { data } = await reader.call(advertiserInfo, { advertiser_ids: [id] })
    yield { items: data.list, total: data.list.length }
  },
})
