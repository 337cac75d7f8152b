import type { ImportFormat, ImportShelf } from './format.ts'
import { csvBars } from './formats/csv-bars.ts'
import { csvFills } from './formats/csv-fills.ts'
import { csvTrades } from './formats/csv-trades.ts'
import { freetradeCsv } from './formats/freetrade-csv.ts'
import { ghostfolioCsv } from './formats/ghostfolio-csv.ts'
import { ibkrFlex } from './formats/ibkr-flex.ts'
import { ibkrHistoryCsv } from './formats/ibkr-history-csv.ts'
import { schwabCsv } from './formats/schwab-csv.ts'
import { trading212Csv } from './formats/trading212-csv.ts'
import { openFile } from './open-file.ts'

/** Every format that can be imported. A new one is a file in `formats/` and a line here. */
export const importFormats: readonly ImportFormat[] = [
  csvBars,
  csvFills,
  csvTrades,
  freetradeCsv,
  ghostfolioCsv,
  ibkrFlex,
  ibkrHistoryCsv,
  schwabCsv,
  trading212Csv,
]

/** The formats and the way in for bytes, as the desk asks for them. */
export const importShelf: ImportShelf = { formats: importFormats, open: openFile }
