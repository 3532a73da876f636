const LISTED =
  'AED ARS AUD BDT BHD BIF BOB BRL CAD CHF CLP CNY COP CRC CZK DKK DZD EGP EUR GBP GTQ HKD HNL HUF IDR ILS INR ISK JPY ' +
  'KES KHR KRW KWD KZT MAD MOP MXN MYR NGN NIO NOK NZD OMR PEN PHP PKR PLN PYG QAR RON RUB SAR SEK SGD THB TRY TWD UAH ' +
  'USD VES VND ZAR'

/** Only TikTok's mobile SDKs list these, so only app events may carry them. */
const APP_ONLY = 'BGN IQD JOD LBP TZS'

const EVERYWHERE: ReadonlySet<string> = new Set(LISTED.split(' '))
const IN_APPS: ReadonlySet<string> = new Set(`${LISTED} ${APP_ONLY}`.split(' '))

/** Whether TikTok takes this currency for events. Case matters. Source: Events API, Parameters. */
export const isSupported = (currency: string, inApp: boolean): boolean => (inApp ? IN_APPS : EVERYWHERE).has(currency)
