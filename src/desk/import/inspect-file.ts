import { DeskRefusal } from '../refusal.ts'
import { readingContext, type ImportRoom } from './import-room.ts'
import type { ImportFormat, Recognition, SourceFile } from './ports.ts'
import { fingerprintOf, listPresets } from './presets.ts'
import type { Inspection } from './types.ts'

type Candidate = Inspection['candidates'][number]

/** Takes a file (bytes, or base64 text) and says what it seems to be, with the settings guessed or saved for its layout. */
export function inspectFile(
  room: ImportRoom,
  received: { readonly fileName: string; readonly content: Uint8Array | string },
): Inspection {
  const opened = room.shelf.open(received.fileName, received.content)
  if (!opened.ok) throw new DeskRefusal('FILE_REFUSED', opened.error, 'content')
  const file = opened.value
  const now = room.ambient.now()
  const upload = room.uploads.hold(room.ambient.newId(), file, now)
  const recognised = room.shelf.formats
    .map((format) => ({ format, recognition: format.recognise(file, readingContext(room)) }))
    .filter(({ recognition }) => recognition.confidence > 0)
    .sort((a, b) => b.recognition.confidence - a.recognition.confidence)
  const candidates = recognised.map(({ format, recognition }) => candidate(room, format, recognition))
  return {
    uploadId: upload.uploadId,
    fileName: file.receivedName,
    fileHash: file.hash,
    bytes: file.receivedBytes,
    expiresAt: upload.expiresAt,
    candidates,
    says: candidates[0]?.says ?? unrecognised(room, file),
  }
}

function candidate(room: ImportRoom, format: ImportFormat, recognition: Recognition): Candidate {
  const fingerprint = fingerprintOf(room, format, recognition)
  const preset = listPresets(room).find((saved) => saved.format === format.id && saved.fingerprint === fingerprint)
  const settings = { ...recognition.settings, ...preset?.settings }
  const roleAt = new Map(Object.entries(settings.mapping ?? {}).map(([role, index]) => [index, role]))
  return {
    format: format.id,
    title: format.title,
    kinds: format.kinds,
    confidence: recognition.confidence,
    says: recognition.says,
    columns: recognition.columns.map((column) => ({ ...column, role: roleAt.get(column.index) ?? null })),
    roles: format.roles,
    settings,
    preset: preset?.name ?? null,
  }
}

/** Why no format took the file: the reason all share, else what would have been taken. */
function unrecognised(room: ImportRoom, file: SourceFile): string {
  const reasons = new Set(room.shelf.formats.map((format) => format.recognise(file, readingContext(room)).says))
  const shared = [...reasons].find((says) => !/^This is (?:not (?:a table|XML))|^Columns|^These are/.test(says))
  return (
    shared ??
    'The file is none of the known formats: it needs dates with prices, or with symbol, quantity and price. Choose a format and say what each column holds.'
  )
}
