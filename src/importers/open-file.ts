import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { err, ok, type Result } from '../domain/kernel/result.ts'
import { HIGHEST_RATIO, MOST_BYTES } from './caps.ts'
import { decodeText } from './decode-text.ts'
import type { SourceFile } from './format.ts'
import { grows, readZip, tooLarge } from './read-zip.ts'

interface Unpacked {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Takes a file as bytes or base64, unpacks .zip and .gz by content, and refuses in one sentence what cannot be a table or XML. */
export async function openFile(fileName: string, content: Uint8Array | string): Promise<Result<SourceFile, string>> {
  const received = typeof content === 'string' ? fromBase64(content) : ok(content)
  if (!received.ok) return received
  const bytes = received.value
  if (bytes.byteLength === 0) return err(`"${clip(fileName)}" is empty: export it again.`)
  if (bytes.byteLength > MOST_BYTES) return err(tooLarge())
  const unpacked = await unpack(fileName, bytes)
  if (!unpacked.ok) return unpacked
  if (unpacked.value.bytes.byteLength === 0) return err(`"${clip(unpacked.value.name)}" is empty: export it again.`)
  const file: SourceFile = {
    name: unpacked.value.name,
    receivedName: fileName,
    bytes: unpacked.value.bytes,
    hash: createHash('sha256').update(bytes).digest('hex'),
    receivedBytes: bytes.byteLength,
  }
  const text = decodeText(file)
  return text.ok ? ok(file) : text
}

function fromBase64(text: string): Result<Uint8Array, string> {
  if (text.length > (MOST_BYTES / 3) * 4 + 4) return err(tooLarge())
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    return err('The file did not arrive whole: its base64 text is broken.')
  const { buffer, byteOffset, byteLength } = Buffer.from(text, 'base64')
  return ok(new Uint8Array(buffer, byteOffset, byteLength))
}

async function unpack(name: string, bytes: Uint8Array): Promise<Result<Unpacked, string>> {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])) return fromZip(bytes)
  if (startsWith(bytes, [0x1f, 0x8b])) return fromGzip(name, bytes)
  return ok({ name, bytes })
}

async function fromZip(bytes: Uint8Array): Promise<Result<Unpacked, string>> {
  const entries = await readZip(bytes)
  if (!entries.ok) return entries
  const [first, ...others] = entries.value
  if (first === undefined) return err('The .zip holds no file.')
  if (entries.value.some((entry) => entry.name === '[Content_Types].xml')) {
    return err('This is a spreadsheet or office file: save the sheet as CSV and import that.')
  }
  if (others.length > 0) {
    const names = entries.value.slice(0, 3).map((entry) => clip(entry.name))
    return err(
      `The .zip holds ${entries.value.length} files (${names.join(', ')}…): unpack it and import them one by one.`,
    )
  }
  const unpacked = await first.unpack()
  return unpacked.ok ? ok({ name: first.name, bytes: unpacked.value }) : unpacked
}

function fromGzip(name: string, bytes: Uint8Array): Result<Unpacked, string> {
  const most = Math.min(MOST_BYTES, Math.max(bytes.byteLength, 1024) * HIGHEST_RATIO)
  try {
    return ok({ name: name.replace(/\.gz$/i, ''), bytes: gunzipSync(bytes, { maxOutputLength: most }) })
  } catch (cause) {
    const tooMuch = cause instanceof RangeError || (cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'
    if (!tooMuch) return err('The .gz cannot be unpacked: it is damaged or incomplete.')
    return err(most === MOST_BYTES ? tooLarge() : grows())
  }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte)
}

function clip(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name
}
