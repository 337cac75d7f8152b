import { crc32 } from 'node:zlib'
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { err, ok, type Result } from '../domain/kernel/result.ts'
import { HIGHEST_RATIO, MOST_BYTES } from './caps.ts'

/** One file of a package. */
export interface ZipEntry {
  readonly name: string
  /** Unpacks it, never to more than the package states, and checks it against its CRC-32. */
  unpack(): Promise<Result<Uint8Array, string>>
}

const MOST_ENTRIES = 10_000
const STORED = 0
const DEFLATED = 8

/** The files of a .zip, ZIP64 or not, folders left out. Refuses what would grow beyond the caps before anything is unpacked. */
export async function readZip(bytes: Uint8Array): Promise<Result<readonly ZipEntry[], string>> {
  const listed = await listEntries(bytes)
  if (!listed.ok) return listed
  const { zip, entries } = listed.value
  const files = entries.filter(({ fileName }) => !fileName.endsWith('/') && !fileName.startsWith('__MACOSX/'))
  const total = files.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (total > MOST_BYTES) return err(tooLarge())
  if (total > Math.max(bytes.byteLength, 1024) * HIGHEST_RATIO) return err(grows())
  return ok(files.map((entry) => ({ name: entry.fileName, unpack: () => unpack(zip, entry) })))
}

async function listEntries(bytes: Uint8Array): Promise<Result<{ zip: ZipFile; entries: readonly Entry[] }, string>> {
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    if (zip.entryCount > MOST_ENTRIES)
      return err(`The .zip holds ${zip.entryCount} files; at most ${MOST_ENTRIES} are read.`)
    const entries: Entry[] = []
    for await (const entry of zip.eachEntry()) entries.push(entry)
    return ok({ zip, entries })
  } catch (cause) {
    if (/encryption/.test(String(cause))) return err(ENCRYPTED)
    return err(broken('its list of files is missing or damaged; the download may be incomplete'))
  }
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Result<Uint8Array, string>> {
  if (entry.isEncrypted()) return err(ENCRYPTED)
  const method = entry.compressionMethod
  if (method !== STORED && method !== DEFLATED)
    return err(`The .zip uses packing method ${method}, which is not read: unpack it and import the file inside.`)
  const content = new Uint8Array(entry.uncompressedSize)
  let length = 0
  try {
    // The stream fails as soon as it holds more than the size stated, or ends with less.
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      content.set(chunk as Uint8Array, length)
      length += (chunk as Uint8Array).byteLength
    }
  } catch {
    return err(broken('a file in it is damaged or cut off'))
  }
  if (length !== content.byteLength || crc32(content) !== entry.crc32)
    return err(broken('a file in it does not match its checksum'))
  return ok(content)
}

const ENCRYPTED = 'The .zip is encrypted: unpack it with its password and import the file inside.'

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
