const BYTES_MAX = 64 * 1024 // as much of what was refused is kept to look at

/** Text of at most 64 KB as UTF-8; the rest is cut off. */
export function cutText(text: string): string {
  return text.length * 3 <= BYTES_MAX ? text : cutBytes(Buffer.from(text))
}

/** The same for bytes; what is not UTF-8, or was cut in half, becomes U+FFFD. */
export function cutBytes(bytes: Buffer): string {
  return bytes.subarray(0, BYTES_MAX).toString('utf8')
}
