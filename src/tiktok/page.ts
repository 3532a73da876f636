/** What stands in the addresses of pages. */

/** Whether it is an address of a web page: http or https, without blanks. */
export function isWebUrl(url: string): boolean {
  return /^https?:\/\/[^\s/?#][^\s]*$/i.test(url)
}

/** Value of `ttclid` in the query of a page's address, decoded, never cut; undefined when there is none. */
export function ttclidOf(url: string): string | undefined {
  if (!url.includes('ttclid=')) return undefined
  const match = /[?&]ttclid=([^&#]+)/.exec(url)
  if (!match || url.lastIndexOf('#', match.index) >= 0) return undefined
  return decode(match[1]!)
}

/** Text with its %-codes decoded; as it is when they are broken. */
export function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
