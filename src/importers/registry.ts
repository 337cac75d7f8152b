import type { ImportFormat, ImportShelf } from './format.ts'
import { csvBars } from './formats/csv-bars.ts'
import { openFile } from './open-file.ts'

/** Every format that can be imported. A new one is a file in `formats/` and a line here. */
export const importFormats: readonly ImportFormat[] = [csvBars]

/** The formats and the way in for bytes, as the desk asks for them. */
export const importShelf: ImportShelf = { formats: importFormats, open: openFile }
