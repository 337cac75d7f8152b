import type { Recognition } from './format.ts'
import { clip } from './reading-log.ts'
import { plainHeader, type TableSheet } from './table-sheet.ts'

const MOST_SEEN = 200

/** Columns of a table with up to three of their cells, for showing. */
export function seenColumns(sheet: TableSheet): Recognition['columns'] {
  return sheet.headers.slice(0, MOST_SEEN).map((header, index) => ({
    index,
    header: clip(header),
    samples: sheet.head
      .map((row) => clip((row.cells[index] ?? '').trim()))
      .filter((cell) => cell !== '')
      .slice(0, 3),
  }))
}

/** The answer of a format to a file that is not its own. */
export function notMine(says: string): Recognition {
  return { confidence: 0, says, settings: {}, columns: [], fingerprint: null }
}

/** How sure a format is of a table whose columns a person may map: with confidence 0 it can still be read by hand. */
export function mappable(
  sheet: TableSheet,
  sure: Pick<Recognition, 'confidence' | 'says'>,
  settings: Recognition['settings'],
): Recognition {
  const { encoding, delimiter, headerLine } = sheet
  return {
    ...sure,
    settings: { encoding, delimiter, headerLine, ...settings },
    columns: seenColumns(sheet),
    fingerprint: sheet.headers.map(plainHeader).join('|'),
  }
}
