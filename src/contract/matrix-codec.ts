import type { PackedMatrix } from './packed-matrix.ts'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PART = 4_096

/** Packs the cells above the diagonal of a full matrix, n × n row by row. */
export function packMatrix(full: ArrayLike<number>, n: number): PackedMatrix {
  const view = new DataView(new ArrayBuffer(n * (n - 1) * 4))
  let place = 0
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      view.setFloat64(place, full[i * n + j] ?? Number.NaN, true)
      place += 8
    }
  return toBase64(new Uint8Array(view.buffer))
}

/** The full matrix, n × n row by row, with `diagonal` on its diagonal; throws a `RangeError` where the text is of another n. */
export function unpackMatrix(packed: PackedMatrix, n: number, diagonal: number): Float64Array {
  const bytes = fromBase64(packed)
  if (bytes.length !== n * (n - 1) * 4) throw new RangeError(`a packed matrix of ${n} rows has another length`)
  const view = new DataView(bytes.buffer)
  const full = new Float64Array(n * n)
  let place = 0
  for (let i = 0; i < n; i++) {
    full[i * n + i] = diagonal
    for (let j = i + 1; j < n; j++) {
      full[i * n + j] = full[j * n + i] = view.getFloat64(place, true)
      place += 8
    }
  }
  return full
}

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  let part = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    part += digit(three >> 18) + digit(three >> 12)
    part += (left > 1 ? digit(three >> 6) : '=') + (left > 2 ? digit(three) : '=')
    if (part.length >= PART) {
      parts.push(part)
      part = ''
    }
  }
  return parts.join('') + part
}

function digit(six: number): string {
  return DIGITS.charAt(six & 63)
}

function fromBase64(packed: string): Uint8Array<ArrayBuffer> {
  const padding = packed.endsWith('==') ? 2 : packed.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((packed.length / 4) * 3 - padding)
  for (let i = 0, at = 0; i < packed.length; i += 4) {
    const four =
      (valueOf(packed, i) << 18) |
      (valueOf(packed, i + 1) << 12) |
      (valueOf(packed, i + 2) << 6) |
      valueOf(packed, i + 3)
    bytes[at++] = four >> 16
    if (at < bytes.length) bytes[at++] = four >> 8
    if (at < bytes.length) bytes[at++] = four
  }
  return bytes
}

/** The six bits of a character; padding counts as none. */
function valueOf(packed: string, at: number): number {
  const code = packed.charCodeAt(at)
  if (code >= 97) return code - 71
  if (code >= 65) return code - 65
  if (code >= 48) return code === 61 ? 0 : code + 4
  return code === 43 ? 62 : 63
}
