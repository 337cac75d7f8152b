import { crc32, inflateRawSync } from 'node:zlib'
import { err, ok, type Result } from '../domain/kernel/result.ts'
import { HIGHEST_RATIO, MOST_BYTES } from './caps.ts'

/** One file of a package. */
export interface ZipEntry {
  readonly name: string
  readonly bytes: Uint8Array
}

interface Listed {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_LENGTH = 22
const MOST_ENTRIES = 10_000

/**
 * The files of a .zip, folders left out. Sizes are checked against the caps before and while unpacking, and each file
 * against its CRC-32. Refuses encryption, ZIP64 and methods other than store and deflate (PKWARE APPNOTE 4.4.5).
 */
export function readZip(bytes: Uint8Array): Result<readonly ZipEntry[], string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const listed = listEntries(view, bytes)
  if (!listed.ok) return listed
  const files = listed.value.filter((entry) => !entry.name.endsWith('/') && !entry.name.startsWith('__MACOSX/'))
  const total = files.reduce((sum, entry) => sum + entry.size, 0)
  if (total > MOST_BYTES) return err(tooLarge())
  if (total > Math.max(bytes.byteLength, 1024) * HIGHEST_RATIO) return err(grows())
  const entries: ZipEntry[] = []
  for (const file of files) {
    const unpacked = unpack(file, view, bytes)
    if (!unpacked.ok) return unpacked
    entries.push({ name: file.name, bytes: unpacked.value })
  }
  return ok(entries)
}

function listEntries(view: DataView, bytes: Uint8Array): Result<readonly Listed[], string> {
  const end = findEnd(view)
  if (end === null) return err(broken('its list of files is missing; the download may be incomplete'))
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff)
    return err('The .zip is in the ZIP64 format, which is not read: unpack it and import the file inside.')
  if (count > MOST_ENTRIES) return err(`The .zip holds ${count} files; at most ${MOST_ENTRIES} are read.`)
  const names = new TextDecoder('utf-8')
  const listed: Listed[] = []
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== CENTRAL)
      return err(broken('its list of files is damaged'))
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const entry = {
      name: names.decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    }
    listed.push(longSizes(entry, view, at + 46 + nameLength, extraLength))
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  }
  return ok(listed)
}

/** Small files too may keep their sizes in the ZIP64 extra field (APPNOTE 4.5.3), in the order size, packed size, offset. */
function longSizes(entry: Listed, view: DataView, extra: number, length: number): Listed {
  const end = Math.min(extra + length, view.byteLength)
  for (let at = extra; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue
    let next = at + 4
    const take = (short: number): number => {
      if (short !== 0xffffffff || next + 8 > end) return short
      next += 8
      return Number(view.getBigUint64(next - 8, true))
    }
    const size = take(entry.size)
    const packed = take(entry.packed)
    return { ...entry, size, packed, offset: take(entry.offset) }
  }
  return entry
}

function findEnd(view: DataView): number | null {
  // The record stands at the end, before a comment of at most 65,535 bytes.
  const lowest = Math.max(0, view.byteLength - END_LENGTH - 0xffff)
  for (let at = view.byteLength - END_LENGTH; at >= lowest; at--) if (view.getUint32(at, true) === END) return at
  return null
}

function unpack(file: Listed, view: DataView, bytes: Uint8Array): Result<Uint8Array, string> {
  if ((file.flags & 1) !== 0)
    return err('The .zip is encrypted: unpack it with its password and import the file inside.')
  if (file.offset + 30 > view.byteLength || view.getUint32(file.offset, true) !== LOCAL)
    return err(broken('a file in it is damaged'))
  const start = file.offset + 30 + view.getUint16(file.offset + 26, true) + view.getUint16(file.offset + 28, true)
  const packed = bytes.subarray(start, start + file.packed)
  if (packed.byteLength !== file.packed) return err(broken('a file in it is cut off'))
  const content = file.method === 0 ? ok(packed) : inflate(file, packed)
  if (!content.ok) return content
  if (content.value.byteLength !== file.size || crc32(content.value) !== file.crc)
    return err(broken('a file in it does not match its checksum'))
  return content
}

function inflate(file: Listed, packed: Uint8Array): Result<Uint8Array, string> {
  if (file.method !== 8)
    return err(`The .zip uses packing method ${file.method}, which is not read: unpack it and import the file inside.`)
  try {
    // One byte more than stated, so that a file that lies about its size is noticed and not unpacked.
    return ok(inflateRawSync(packed, { maxOutputLength: Math.min(file.size, MOST_BYTES) + 1 }))
  } catch {
    return err(broken('a file in it cannot be unpacked'))
  }
}

function broken(why: string): string {
  return `The .zip cannot be read: ${why}.`
}

/** Sentence for a file above the cap. */
export function tooLarge(): string {
  return `The file is larger than ${MOST_BYTES / 1024 / 1024} MB, which is the most that is read: split it and import the parts.`
}

/** Sentence for a packed file that grows beyond measure. */
export function grows(): string {
  return `The packed file would grow more than ${HIGHEST_RATIO} times: it is not market or trade data, and is not unpacked.`
}
