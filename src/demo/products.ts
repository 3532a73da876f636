/** Something the sample shop sells. */
export interface Product {
  readonly sku: string
  readonly name: string
  readonly category: string
  readonly brand: string
  readonly variant: string
  /** US dollars, in cents. */
  readonly price: number
  /** Id of its picture in the shop's page. */
  readonly picture: string
  readonly about: string
}

/** Everything the sample shop sells; its page and its generated visitors share this list. */
export const PRODUCTS: readonly Product[] = [
  {
    sku: 'OB-LP-001',
    name: 'Night Bus LP',
    category: 'Records',
    brand: 'The Offbeats',
    variant: '180 g vinyl',
    price: 2990,
    picture: 'record',
    about: 'Ten songs for the way home.',
  },
  {
    sku: 'OB-HP-010',
    name: 'Loft Headphones',
    category: 'Listening',
    brand: 'Hush',
    variant: 'Clay',
    price: 14900,
    picture: 'headphones',
    about: 'Closed, light, and kind to ears.',
  },
  {
    sku: 'OB-TT-020',
    name: 'First Turntable',
    category: 'Listening',
    brand: 'Hush',
    variant: 'Walnut',
    price: 24900,
    picture: 'turntable',
    about: 'Belt drive, nothing to adjust.',
  },
  {
    sku: 'OB-DS-030',
    name: 'Hickory Sticks 5A',
    category: 'Drums',
    brand: 'Rimshot',
    variant: 'Pair',
    price: 1290,
    picture: 'sticks',
    about: 'Matched by weight and by tone.',
  },
  {
    sku: 'OB-PP-040',
    name: 'Quiet Practice Pad',
    category: 'Drums',
    brand: 'Rimshot',
    variant: '12 inch',
    price: 3490,
    picture: 'pad',
    about: 'For those who have neighbours.',
  },
  {
    sku: 'OB-MN-050',
    name: 'Pocket Metronome',
    category: 'Drums',
    brand: 'Rimshot',
    variant: 'Black',
    price: 2450,
    picture: 'metronome',
    about: 'From 30 to 250 beats a minute.',
  },
  {
    sku: 'OB-TS-060',
    name: 'Two and Four Tee',
    category: 'Wear',
    brand: 'Offbeat',
    variant: 'M',
    price: 2800,
    picture: 'shirt',
    about: 'Heavy cotton, loose fit.',
  },
  {
    sku: 'OB-TB-070',
    name: 'Record Tote',
    category: 'Wear',
    brand: 'Offbeat',
    variant: 'Natural',
    price: 1850,
    picture: 'tote',
    about: 'Holds twenty records and a lunch.',
  },
]
