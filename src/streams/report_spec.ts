import { z } from 'zod'

const filter = z.strictObject({
  field: z.string().min(1).describe('A field of TikTok, such as objective_type.'),
  type: z.string().default('IN').describe('How the values are meant, such as IN.'),
  values: z.array(z.string()).min(1).describe('Values, or the two ends of BETWEEN.'),
})

/** A report of one's own; what TikTok's rules say of it is checked apart from its shape. */
export const reportSpec = z.strictObject({
  type: z.enum(['basic', 'audience']).describe('Basic: figures of delivery. Audience: broken down by who was reached.'),
  data_level: z.enum(['advertiser', 'campaign', 'adgroup', 'ad']).describe('What a row is about.'),
  dimensions: z
    .array(z.string())
    .default([])
    .describe('Breakdowns beside the id of the level and the time, such as country_code.'),
  aggregation: z.enum(['hour', 'day', 'lifetime']).describe('Time a row covers.'),
  metrics: z.array(z.string()).min(1).describe('Figures and attributes, by their names at TikTok.'),
  filters: z.array(filter).optional().describe('Only rows of objects that fit all of these.'),
})

export type ReportSpec = z.infer<typeof reportSpec>
