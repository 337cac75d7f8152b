const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = Int16Array.from({ length: 128 }, (_, code) => LETTERS.indexOf(String.fromCharCode(code)))
/** Bytes written at once: a multiple of 3. */
const STRETCH = 24_576

/** Bytes as base64 (RFC 4648), with padding. */
export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let from = 0; from < bytes.length; from += STRETCH) parts.push(stretch(bytes.subarray(from, from + STRETCH)))
  return parts.join('')
}

/** The bytes of a base64 text; `undefined` for anything else. */
export function bytesOf(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const letters = text.length - padding
  let held = 0
  let bits = 0
  let at = 0
  for (let index = 0; index < letters; index++) {
    const value = VALUES[text.charCodeAt(index)] ?? -1
    if (value < 0) return undefined
    held = ((held << 6) | value) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >> bits) & 255
  }
  return bytes
}

function stretch(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += LETTERS.charAt(word >> 18) + LETTERS.charAt((word >> 12) & 63)
    text += left > 1 ? LETTERS.charAt((word >> 6) & 63) : '='
    text += left > 2 ? LETTERS.charAt(word & 63) : '='
  }
  return text
}
