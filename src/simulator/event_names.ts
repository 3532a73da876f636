import type { EventSourceKind } from './world.ts'

const words = (text: string): readonly string[] => text.split(' ')

/** Standard names for web, offline and CRM; Pageview is how the pixel itself spells PageView. */
const STANDARD: ReadonlySet<string> = new Set(
  words(
    'AddPaymentInfo AddToCart AddToWishlist ApplicationApproval CompleteRegistration Contact CustomizeProduct Download ' +
      'FindLocation InitiateCheckout Lead Purchase Schedule Search StartTrial SubmitApplication Subscribe ViewContent ' +
      'PageView Pageview',
  ),
)

const STANDARD_IN_APPS: ReadonlySet<string> = new Set(
  words(
    'AchieveLevel AddPaymentInfo AddToCart AddToWishlist Checkout CompleteTutorial CreateGroup CreateRole GenerateLead ' +
      'InAppADClick InAppADImpr InAppAdImpr InstallApp JoinGroup LaunchAPP LoanApplication LoanApproval LoanDisbursal Login ' +
      'Purchase Rate Registration Search SpendCredits StartTrial Subscribe UnlockAchievement ViewContent ' +
      '2Dretention ImpressionLevelAdRevenue',
  ),
)

/** Renamed in May 2025; the old name keeps working and is counted under the new one. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['CompletePayment', 'Purchase'],
  ['SubmitForm', 'Lead'],
])

/** Names TikTok keeps for itself and maps to a standard event. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['AddBilling', 'AddPaymentInfo'],
  ['Browse', 'PageView'],
  ['Checkout', 'PlaceAnOrder'],
  ['ClickForm', 'Lead'],
  ['ClickInDownloadPage', 'ClickButton'],
  ['ClickToDownload', 'Download'],
  ['Consult', 'Contact'],
  ['ConsultByPhone', 'Contact'],
  ['Registration', 'CompleteRegistration'],
  ['StartCheckout', 'InitiateCheckout'],
  ['ViewConsultationPage', 'ViewContent'],
  ['ViewDownloadPage', 'ViewContent'],
  ['ViewForm', 'ViewContent'],
])

/** Still counted under their own name, until 2027. */
const DEPRECATED: ReadonlySet<string> = new Set(['PlaceAnOrder', 'ClickButton'])

const COUNTED_AS: ReadonlyMap<string, string> = new Map([...RENAMED, ...RESERVED, ['Pageview', 'PageView']])

export type NameKind = 'standard' | 'renamed' | 'reserved' | 'deprecated' | 'custom'

/** What sort of event name this is for an event source. Names are case-sensitive. */
export function kindOfName(name: string, source: EventSourceKind): NameKind {
  if (source === 'app') return STANDARD_IN_APPS.has(name) ? 'standard' : 'custom'
  if (STANDARD.has(name)) return 'standard'
  if (RENAMED.has(name)) return 'renamed'
  if (RESERVED.has(name)) return 'reserved'
  return DEPRECATED.has(name) ? 'deprecated' : 'custom'
}

/** The name TikTok counts an event under. Two names with one such name are one event to deduplication. */
export function countedAs(name: string, source: EventSourceKind): string {
  return source === 'app' ? name : (COUNTED_AS.get(name) ?? name)
}
