import type { SeenFile } from './file-reader.ts'
import { readingContext, type ReadingRoom } from './import-room.ts'
import type { ImportFormat, Recognition, SourceFile } from './ports.ts'
import { fingerprintOf, listPresets } from './presets.ts'
import type { Inspection } from './types.ts'

/** A layout that was saved is known, but a broker's own is known better. */
const PRESET_CONFIDENCE = 0.95

type Candidate = Inspection['candidates'][number]

/** What a file seems to be, with the settings guessed or saved for its layout; best guess first. */
export function seenFile(room: ReadingRoom, file: SourceFile): SeenFile {
  const context = readingContext(room)
  const recognised = room.shelf.formats.map((format) => ({ format, recognition: format.recognise(file, context) }))
  const candidates = recognised
    // A table that is not recognised can still be read once a person says what its columns hold.
    .filter(
      ({ format, recognition }) =>
        recognition.confidence > 0 || (format.roles.length > 0 && recognition.columns.length > 1),
    )
    .map(({ format, recognition }) => candidate(room, format, recognition))
    .sort((a, b) => b.confidence - a.confidence)
  const best = candidates[0]
  return {
    fileName: file.receivedName,
    fileHash: file.hash,
    bytes: file.receivedBytes,
    heldBytes: file.bytes.byteLength,
    candidates,
    fingerprints: Object.fromEntries(
      recognised.map(({ format, recognition }) => [format.id, fingerprintOf(room, format, recognition)]),
    ),
    says: best !== undefined && best.confidence > 0 ? best.says : unrecognised(recognised),
  }
}

function candidate(room: ReadingRoom, format: ImportFormat, recognition: Recognition): Candidate {
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
function unrecognised(recognised: readonly { readonly recognition: Recognition }[]): string {
  const reasons = new Set(recognised.map(({ recognition }) => recognition.says))
  const shared = [...reasons].find((says) => !/^This is (?:not (?:a table|XML))|^Columns|^These are/.test(says))
  return (
    shared ??
    'The file is none of the known formats: it needs dates with prices, or with symbol, quantity and price. Choose a format and say what each column holds.'
  )
}
