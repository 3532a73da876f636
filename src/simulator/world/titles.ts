import { pick } from './draw.ts'

/** Names as people give them: several scripts, quotes, separators of CSV, signs beyond the basic plane. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Running shoes',
    'Rain jackets',
    'Back to school',
    'Gift cards',
    'Trail "Ultra" line',
    'Yoga, mats & more',
    'Summer sale 🔥',
  ],
  de: [
    'Wanderschuhe',
    'Größenberater',
    'Frühjahrskollektion',
    'Geschenke für „Ihn“',
    'Möbel; Küche',
    'Winterschlussverkauf',
  ],
  ja: ['夏のセール', 'ランニングシューズ', '新規会員登録', 'お歳暮ギフト', '抹茶ラテ 🍵'],
  ar: ['عروض رمضان', 'أحذية رياضية', 'توصيل مجاني'],
  ru: ['Зимняя распродажа', 'Кроссовки', 'Подарки'],
}
const ANGLES: Readonly<Record<string, readonly string[]>> = {
  en: ['Prospecting', 'Retargeting', 'Lookalike 1%', 'Broad', 'Cart abandoners', 'High LTV'],
  de: ['Neukunden', 'Bestandskunden', 'Zwillinge 1 %', 'Offen', 'Warenkorbabbrecher'],
  ja: ['新規', 'リターゲティング', '類似', 'ブロード'],
  ar: ['جمهور جديد', 'إعادة استهداف'],
  ru: ['Новые', 'Ретаргетинг'],
}
const HOOKS: Readonly<Record<string, readonly string[]>> = {
  en: ['Unboxing', 'Creator review', 'Before / after', 'Founder story', "It's back", 'Price drop', '3 reasons why'],
  de: ['Auspacken', 'Kundenstimme', 'Vorher/Nachher', 'Nur heute', 'Drei Gründe'],
  ja: ['開封動画', 'クリエイターの感想', 'ビフォーアフター', '本日限り'],
  ar: ['فتح العلبة', 'رأي العملاء'],
  ru: ['Распаковка', 'Отзыв'],
}
const TEXTS = [
  'Your next favourite pair',
  'Free returns for 60 days',
  'Now with 20 % off',
  'Loved by 10,000 runners',
  'Last sizes left',
]

/** One campaign in five of an account is in another language than the account. */
const GUESTS: Readonly<Record<string, string>> = { en: 'ar', de: 'ru', ja: 'en' }

const languageOf = (language: string, serial: number) => (serial % 5 === 4 ? (GUESTS[language] ?? 'en') : language)
const listOf = (table: Readonly<Record<string, readonly string[]>>, language: string) => table[language] ?? table['en']!

/** The name of the campaign number `serial` of an account. */
export const campaignTitle = (language: string, objective: string, serial: number, seed: number): string =>
  `${pick(listOf(SUBJECTS, languageOf(language, serial)), seed, 1)} | ${objective} | ${String(serial + 1).padStart(2, '0')}`

/** The name of the ad group number `serial` of an account. */
export const adGroupTitle = (language: string, country: string, serial: number, seed: number): string =>
  `${country} – ${pick(listOf(ANGLES, languageOf(language, serial)), seed, 2)} ${serial + 1}`

/** The name of the ad or file number `serial` of an account. */
export const adTitle = (language: string, serial: number, seed: number): string =>
  `${pick(listOf(HOOKS, languageOf(language, serial)), seed, 3)} #${serial + 1}`

/** What an ad says; an edit of the ad changes it. */
export const adText = (version: number, seed: number): string => TEXTS[(seed + version) % TEXTS.length]!
