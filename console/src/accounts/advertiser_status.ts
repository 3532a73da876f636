/** TikTok's constants as words: `STATUS_ENABLE` → `Enable`, `ROLE_ADVERTISER` → `Advertiser`. */
export function advertiserStatus(constant: string): string {
  const words = constant
    .replace(/^(STATUS|ROLE)_/, '')
    .toLowerCase()
    .replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
