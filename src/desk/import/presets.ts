import { invariant } from '../../domain/kernel/invariant.ts'
import { DeskRefusal } from '../refusal.ts'
import { formatOf, type ImportRoom, type ReadingRoom } from './import-room.ts'
import type { ImportFormat, ImportSettings, Recognition } from './ports.ts'
import type { PresetView } from './types.ts'

/** What a layout is known by: equal for files with the same format and column names. */
export function fingerprintOf(room: ReadingRoom, format: ImportFormat, recognition: Recognition): string {
  return room.ambient.sha256(`${format.id}\n${recognition.fingerprint ?? ''}`)
}

/** The saved presets, newest first. */
export function listPresets(room: Pick<ReadingRoom, 'book'>): readonly PresetView[] {
  return room.book
    .presets()
    .flatMap((preset) => {
      const { format, settings } = preset.settings as { readonly format?: unknown; readonly settings?: unknown }
      if (typeof format !== 'string' || typeof settings !== 'object') return []
      return [
        {
          name: preset.name,
          format,
          fingerprint: preset.fingerprint,
          settings: settings as ImportSettings,
          at: preset.at,
        },
      ]
    })
    .sort((a, b) => b.at - a.at)
}

/** Saves how a file was read, to be found again by its layout. What belongs to that one file alone is left out. */
export function savePreset(
  room: ImportRoom,
  wanted: {
    readonly name: string
    readonly uploadId: string
    readonly format: string
    readonly settings: ImportSettings
  },
): PresetView {
  const upload = room.uploads.get(wanted.uploadId, room.ambient.now())
  const format = formatOf(room, wanted.format)
  if (listPresets(room).some((preset) => preset.name === wanted.name && preset.format !== format.id)) {
    throw new DeskRefusal(
      'CONFLICT',
      `"${wanted.name}" is the name of a preset for another format: choose another name.`,
      'name',
    )
  }
  const settings = ofLayout(wanted.settings)
  const fingerprint = upload.seen.fingerprints[format.id]
  invariant(fingerprint !== undefined, 'a file taken has been shown to every format')
  const preset = { name: wanted.name, fingerprint, at: room.at }
  room.book.savePreset({ ...preset, settings: { format: format.id, settings: { ...settings } } })
  return { ...preset, format: format.id, settings }
}

/** The settings that hold for every file of a layout; symbol, bar length, scale and corrections are one file's own. */
function ofLayout(settings: ImportSettings): ImportSettings {
  const own = new Set(['symbol', 'interval', 'priceScale', 'corrections'])
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !own.has(name)))
}
