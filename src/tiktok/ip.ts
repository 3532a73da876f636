import { isIPv6 } from 'node:net'

/** Whether an address is one a visitor can have on the internet: not private, not of a link, a loop or a group. */
export function isPublicIp(ip: string): boolean {
  if (!ip.includes(':')) return isPublicV4(ip)
  if (!isIPv6(ip)) return false
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  return mapped ? isPublicV4(mapped[1]!) : isPublicV6(ip)
}

function isPublicV4(ip: string): boolean {
  const number = numberOfV4(ip)
  if (number < 0) return false
  const a = number >>> 24
  const b = (number >>> 16) & 255
  if (a > 223) return false // groups and reserve
  if (a === 0 || a === 10 || a === 127) return false
  if (a === 100) return b < 64 || b > 127 // shared by a provider's customers
  if (a === 169) return b !== 254
  if (a === 172) return b < 16 || b > 31
  if (a === 192) return b !== 168
  return true
}

const DOT = 46
const ZERO = 48

/** The 32 bits of an address in four parts; -1 when it is not one. Read by characters, since every event has one. */
function numberOfV4(ip: string): number {
  let address = 0
  let parts = 1
  let part = -1
  for (let i = 0; i < ip.length; i++) {
    const character = ip.charCodeAt(i)
    const digit = character - ZERO
    if (digit >= 0 && digit <= 9) part = part < 0 ? digit : part * 10 + digit
    else if (character !== DOT || part < 0 || parts === 4) return -1
    else {
      address = address * 256 + part
      parts++
      part = -1
    }
    if (part > 255) return -1
  }
  return parts === 4 && part >= 0 ? address * 256 + part : -1
}

/** Global unicast is 2000::/3; all else is local, a group, or reserved. */
function isPublicV6(ip: string): boolean {
  return /^[23][0-9a-f]{3}:/i.test(ip)
}
