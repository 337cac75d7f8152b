import { sql as log } from './0001_log.ts'
import { sql as ledger } from './0002_ledger.ts'
import { sql as setting } from './0003_setting.ts'
import { sql as simulationRun } from './0004_simulation_run.ts'
import { sql as deskState } from './0005_desk_state.ts'
import { sql as trading } from './0006_trading.ts'
import { sql as fillChange } from './0007_fill_change.ts'

/** One step of the book's structure. Its text never changes once released: its hash is kept in every book. */
export interface Migration {
  /** `NNNN_name`, numbered from 0001 without gaps. */
  readonly id: string
  readonly sql: string
}

/** All steps in order; a book's structure number is how many of them it has run. */
export const MIGRATIONS: readonly Migration[] = [
  { id: '0001_log', sql: log },
  { id: '0002_ledger', sql: ledger },
  { id: '0003_setting', sql: setting },
  { id: '0004_simulation_run', sql: simulationRun },
  { id: '0005_desk_state', sql: deskState },
  { id: '0006_trading', sql: trading },
  { id: '0007_fill_change', sql: fillChange },
]
