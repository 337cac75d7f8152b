import { err, ok, type Result } from '../domain/kernel/result.ts'
import type { ImportSettings, SourceFile } from './format.ts'

type Encoding = NonNullable<ImportSettings['encoding']>

/** Text of a file with line ends as `\n`, and the encoding it was in. */
export interface DecodedText {
  readonly text: string
  readonly encoding: Encoding
}

const decoded = new WeakMap<SourceFile, Map<string, Result<DecodedText, string>>>()

/** Decodes by byte order mark, else UTF-16 by its zero bytes, else UTF-8, else Windows-1252; binary content is refused in one sentence. */
export function decodeText(file: SourceFile, encoding?: Encoding): Result<DecodedText, string> {
  const known = decoded.get(file) ?? new Map<string, Result<DecodedText, string>>()
  decoded.set(file, known)
  const key = encoding ?? 'guessed'
  const before = known.get(key)
  if (before !== undefined) return before
  const result = decode(file, encoding)
  known.set(key, result)
  return result
}

function decode(file: SourceFile, wanted: Encoding | undefined): Result<DecodedText, string> {
  const binary = knownBinary(file.bytes)
  if (binary !== null) return err(binary)
  const encoding = wanted ?? guess(file.bytes)
  const read = new TextDecoder(encoding).decode(file.bytes)
  if (read.includes('\0')) return err('The file is not text: it holds zero bytes. Export it as CSV or XML.')
  const text = read.includes('\r') ? read.replace(/\r\n?/g, '\n') : read
  if (text.trim() === '') return err('The file holds nothing but blanks: export it again.')
  if (controlShare(text) > 0.02)
    return err('The file is not text: it holds control characters. Export it as CSV or XML.')
  return ok({ text, encoding })
}

function guess(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const zeros = zeroBytes(bytes)
  if (zeros.odd > 0.3 && zeros.even < 0.05) return 'utf-16le'
  if (zeros.even > 0.3 && zeros.odd < 0.05) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

/** Latin text in UTF-16 has a zero in every other byte: shares of zeros at even and odd places of the beginning. */
function zeroBytes(bytes: Uint8Array): { readonly even: number; readonly odd: number } {
  const length = Math.min(bytes.byteLength, 4096) & ~1
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  return length === 0 ? { even: 0, odd: 0 } : { even: (even * 2) / length, odd: (odd * 2) / length }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function knownBinary(bytes: Uint8Array): string | null {
  const head = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (head.startsWith('25504446')) return 'This is a PDF: ask the broker for CSV or XML instead.'
  if (head.startsWith('89504e47') || head.startsWith('ffd8ff')) return 'This is a picture, not a table.'
  if (head.startsWith('d0cf11e0')) return 'This is an old spreadsheet (.xls): save it as CSV and import that.'
  if (head.startsWith('53514c69746520')) return 'This is a database file, not a table: a book is opened, not imported.'
  if (head.startsWith('50415231')) return 'This is a Parquet file: export it as CSV and import that.'
  return null
}

function controlShare(text: string): number {
  const length = Math.min(text.length, 20_000)
  let controls = 0
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if ((code < 32 && code !== 9 && code !== 10) || code === 0xfffd) controls++
  }
  return controls / length
}
