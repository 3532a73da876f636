/** Those texts of an address that are given, by these names; the rest of the address is left out. */
export function readTexts<K extends string>(
  search: Readonly<Record<string, unknown>>,
  names: readonly K[],
): { readonly [name in K]?: string } {
  const given = names.flatMap((name) => {
    const value = search[name]
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : []
  })
  return Object.fromEntries(given) as { [name in K]?: string }
}
