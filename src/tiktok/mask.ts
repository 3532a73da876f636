/** Shows what kind of value stood there, and not whose: the only form in which personal data leaves in messages and notes. */

const TEXT_MAX = 60

/** `ann@shop.com` → `a***@s***.com` */
export function maskEmail(text: string): string {
  const email = text.trim()
  const at = email.lastIndexOf('@')
  if (at < 1) return maskText(email)
  const dot = email.lastIndexOf('.')
  return `${email[0]}***@${email[at + 1] ?? ''}***${dot > at ? email.slice(dot) : ''}`
}

/** `+12133734253` → `+1***4253` */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '')
  return digits.length < 8
    ? maskText(phone)
    : `${digits.slice(0, digits.startsWith('+') ? 2 : 1)}***${digits.slice(-4)}`
}

/** `Jane` → `J***` */
export function maskText(text: string): string {
  const [first] = text.trim().slice(0, 2)
  return first === undefined ? '' : `${first}***`
}

/** `203.0.113.9` → `203.0.***`, `2001:db8::1` → `2001:***` */
export function maskIp(ip: string): string {
  const v4 = /^(\d+\.\d+)\.\d+\.\d+$/.exec(ip)
  if (v4) return `${v4[1]}.***`
  return ip.includes(':') ? `${ip.slice(0, ip.indexOf(':'))}:***` : maskText(ip)
}

/** Where it leads, without what it carries: `https://shop.com/cart?email=a` → `https://shop.com/cart?***` */
export function maskUrl(url: string): string {
  return url.replace(/[?#].*$/s, '?***')
}

/** Text of unknown content in quotes, short, with what looks like an email address or a phone number masked. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return `"${cut(scrub(text), TEXT_MAX)}"`
}

/** Text with every email address and every number written with a plus masked. */
export function scrub(text: string): string {
  return text.replace(/[^\s"'<>:=,;()]+@[^\s"'<>:=,;()]+/g, maskEmail).replace(/\+\d[\d ().-]{6,}\d/g, maskPhone)
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`
}
