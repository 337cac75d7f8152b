import { DeskRefusal } from '../refusal.ts'
import { readingContext, type ImportRoom } from './import-room.ts'
import type { ImportFormat, Recognition, SourceFile } from './ports.ts'
import { fingerprintOf, listPresets } from './presets.ts'
import type { Inspection } from './types.ts'

/** A layout that was saved is known, but a broker's own is known better. */
const PRESET_CONFIDENCE = 0.95

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
  const context = readingContext(room)
  const candidates = room.shelf.formats
    .map((format) => ({ format, recognition: format.recognise(file, context) }))
    // A table that is not recognised can still be read once a person says what its columns hold.
    .filter(
      ({ format, recognition }) =>
        recognition.confidence > 0 || (format.roles.length > 0 && recognition.columns.length > 1),
    )
    .map(({ format, recognition }) => candidate(room, format, recognition))
    .sort((a, b) => b.confidence - a.confidence)
  const best = candidates[0]
  return {
    uploadId: upload.uploadId,
    fileName: file.receivedName,
    fileHash: file.hash,
    bytes: file.receivedBytes,
    expiresAt: upload.expiresAt,
    candidates,
    says: best !== undefined && best.confidence > 0 ? best.says : unrecognised(room, file),
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
    confidence: preset === undefined ? recognition.confidence : Math.max(recognition.confidence, PRESET_CONFIDENCE),
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
