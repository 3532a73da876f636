import { z } from 'zod'

/** What a person configures of a `web_events` destination. */
export const webEventsSpec = z.strictObject({
  type: z.literal('web_events'),
  account: z.string().describe('Account that sends.'),
  pixel_code: z
    .string()
    .regex(/^[A-Z0-9]{8,40}$/, 'must be the pixel code of Events Manager: capital letters and digits')
    .describe('Pixel code, as Events Manager shows it.'),
  default_country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters, such as US')
    .optional()
    .describe('Country of phone numbers that come without a country code.'),
  unsupported_currency: z
    .enum(['reject', 'drop_value'])
    .default('reject')
    .describe(
      'What becomes of an event in a currency TikTok does not take: refused here, or sent without value and currency.',
    ),
  test_event_code: z
    .string()
    .regex(/^[A-Za-z0-9]{1,40}$/)
    .optional()
    .describe('Shows every event under Test Events instead of counting it; take it out for live traffic.'),
})

export type WebEventsSpec = z.infer<typeof webEventsSpec>
