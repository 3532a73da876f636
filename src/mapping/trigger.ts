/** A value that a condition compares with. */
export type Scalar = string | number | boolean | null

/** Functions a field may pass through before it is compared; meanings as in Segment's FQL reference, "Functions". */
export type Through = 'length' | 'lowercase' | 'uppercase' | 'typeof'

/** What a condition looks at: `properties.products.0.id` is `['properties', 'products', '0', 'id']`. */
export interface Operand {
  readonly path: readonly string[]
  readonly through: Through | null
}

export type OrderOperator = '<' | '<=' | '>' | '>='

/**
 * One comparison. Types never mix: `10` is not `"10"`. `null` stands for null and for missing alike.
 * `different` from a number, `order`, `contains` and `match` (negated too) are false for a field of another type or
 * a missing one; `different` from a text is true for them.
 */
export type Condition =
  | { readonly kind: 'equal'; readonly of: Operand; readonly value: Scalar }
  | { readonly kind: 'different'; readonly of: Operand; readonly value: string | number | null }
  | { readonly kind: 'order'; readonly of: Operand; readonly operator: OrderOperator; readonly value: number }
  | { readonly kind: 'in'; readonly of: Operand; readonly values: readonly Scalar[] }
  | { readonly kind: 'contains'; readonly of: Operand; readonly text: string; readonly negated: boolean }
  | { readonly kind: 'match'; readonly of: Operand; readonly pattern: string; readonly negated: boolean }

/** Conditions joined by one connective. No parts: `and` always holds, `or` never does. */
export interface Group {
  readonly kind: 'and' | 'or'
  readonly parts: readonly Trigger[]
}

/** The exact opposite of its part, also for a missing field. */
export interface Negation {
  readonly kind: 'not'
  readonly part: Trigger
}

/** When a mapping applies to an event: the tree that a text in Segment's query language (FQL) stands for. Plain JSON. */
export type Trigger = Condition | Group | Negation
