/** The Business Center that all accounts belong to. */
export const BUSINESS_CENTER = '7000000000000000301'
