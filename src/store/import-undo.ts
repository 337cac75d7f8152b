import { StoreFault } from '../desk/ports.ts'
import type { WriteConnection } from './connection.ts'
import { laterUse } from './imports.ts'

/** Takes batches out again, inside a transaction of the caller. */
export interface BatchUndo {
  /** Removes every row a batch added and answers how many. Throws `NOT_FOUND`, or `CONFLICT` with the reason. */
  undo(batchId: string, at: number): number
}

const BY_BATCH = ['fill', 'trade', 'cash_flow', 'bar', 'mark', 'rate'] as const

/** Prepares undoing. An instrument that other rows came to need stays in the book. */
export function batchUndo(connection: WriteConnection): BatchUndo {
  const batch = connection.prepare<[string], { seq: number; account_id: string; undone_at: number | null }>(
    'SELECT seq, account_id, undone_at FROM import_batch WHERE batch_id = ?',
  )
  const touch = connection.prepare<[string]>(
    `UPDATE fill_version SET version = version + 1
     WHERE (account_id, symbol) IN (SELECT account_id, symbol FROM fill WHERE batch_id = ?)`,
  )
  const removals = BY_BATCH.map((table) => connection.prepare<[string]>(`DELETE FROM ${table} WHERE batch_id = ?`))
  const needed = `symbol IN (SELECT symbol FROM fill) OR symbol IN (SELECT symbol FROM trade)
    OR symbol IN (SELECT symbol FROM bar) OR symbol IN (SELECT symbol FROM mark)`
  const removeInstruments = connection.prepare<[string]>(
    `DELETE FROM instrument WHERE batch_id = ? AND NOT (${needed})`,
  )
  const keepInstruments = connection.prepare<[string]>('UPDATE instrument SET batch_id = NULL WHERE batch_id = ?')
  const mark = connection.prepare<[number, string]>('UPDATE import_batch SET undone_at = ? WHERE batch_id = ?')
  return {
    undo(batchId, at) {
      const row = batch.get(batchId)
      if (row === undefined) throw new StoreFault('NOT_FOUND', `Import ${batchId} is not in the book.`)
      if (row.undone_at !== null) throw new StoreFault('CONFLICT', `Import ${batchId} was undone before.`)
      const hindrance = laterUse(connection, batchId, row.seq, row.account_id)
      if (hindrance !== undefined) throw new StoreFault('CONFLICT', `Import ${batchId} cannot be undone. ${hindrance}`)
      touch.run(batchId)
      let removed = 0
      for (const removal of removals) removed += removal.run(batchId).changes
      removed += removeInstruments.run(batchId).changes
      keepInstruments.run(batchId)
      mark.run(at, batchId)
      return removed
    },
  }
}
