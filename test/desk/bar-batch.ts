import type { InstrumentSpec } from '../../src/domain/inputs.ts'
import type { Bar } from '../../src/domain/ledger/records.ts'
import type { TradingRoom } from './trading-room.ts'

/** Puts instruments and their bars into the open book, as an import does. */
export function addBars(room: TradingRoom, instruments: readonly InstrumentSpec[], bars: readonly Bar[]): void {
  const { accountId } = room.workspace.account()
  for (const spec of instruments) room.book().saveInstrument(spec, room.clock.now)
  room.book().importBatch({
    batchId: 'bars-0001',
    at: room.clock.now,
    fileName: 'bars.csv',
    fileHash: '0'.repeat(64),
    format: 'csv-bars',
    accountId,
    instruments: [],
    fills: [],
    trades: [],
    cashFlows: [],
    bars,
    marks: [],
    rates: [],
    skipped: [],
  })
  room.workspace.changed('ledger')
}
