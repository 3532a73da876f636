import { z } from 'zod'

/** A field whose value is kept encrypted: a text when it is entered, a mark in what is stored and shown. */
export const secret = z
  .union([
    z.string().min(1),
    z.strictObject({ secret: z.literal(true), hint: z.string(), ref: z.string().nullable() }),
    z.strictObject({ value: z.string().min(1), ref: z.string() }),
  ])
  .meta({ secret: true })
