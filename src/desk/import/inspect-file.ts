import type { StopSignal } from '../ports.ts'
import type { ReceivedFile } from './file-reader.ts'
import type { ImportRoom } from './import-room.ts'
import { LocalReader } from './local-reader.ts'
import type { Inspection } from './types.ts'
import { NEVER } from './watching.ts'

/** Files from this size on are read beside the desk, which would otherwise not answer meanwhile. */
const LARGE = 2 * 1024 * 1024
/** Packed files from this size on are large once unpacked. */
const LARGE_PACKED = 128 * 1024

/** Takes a file (bytes, or base64 text) and says what it seems to be, with the settings guessed or saved for its layout. */
export async function inspectFile(
  room: ImportRoom,
  received: ReceivedFile,
  signal: StopSignal = NEVER,
): Promise<Inspection> {
  const reader = room.besides !== undefined && isLarge(received.content) ? room.besides() : new LocalReader()
  try {
    const seen = await reader.inspect(room, received, { signal, tell: () => undefined })
    const upload = room.uploads.hold(room.ambient.newId(), seen, reader, room.ambient.now())
    const { fileName, fileHash, bytes, candidates, says } = seen
    return { uploadId: upload.uploadId, fileName, fileHash, bytes, expiresAt: upload.expiresAt, candidates, says }
  } catch (error) {
    reader.close()
    throw error
  }
}

function isLarge(content: Uint8Array | string): boolean {
  const bytes = typeof content === 'string' ? content.length * 0.75 : content.byteLength
  return bytes >= (isPacked(content) ? LARGE_PACKED : LARGE)
}

/** Whether it begins as .zip and .gz files do. */
function isPacked(content: Uint8Array | string): boolean {
  if (typeof content === 'string') return content.startsWith('UEs') || content.startsWith('H4s')
  return (content[0] === 0x50 && content[1] === 0x4b) || (content[0] === 0x1f && content[1] === 0x8b)
}
