import { plain } from '../domain/kernel/canonical.ts'
import type { Fill } from '../domain/ledger/records.ts'
import { standingFills, type FillChange } from '../domain/ledger/standing-fills.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'

/** Reads what venues said later of fills. */
export interface FillChangeReader {
  /** The fills as they stand, of those entered for an account; `symbol` where only one is wanted. */
  standing(accountId: string, entered: readonly Fill[], symbol?: string): readonly Fill[]
}

type Row = Omit<FillChange, 'corrected'> & { readonly corrected: string | null }

/** Prepares reading; `fillOf` finds a fill as it was entered. */
export function fillChangeReader(
  connection: ReadConnection,
  fillOf: (fillId: string) => Fill | undefined,
): FillChangeReader {
  const changes = connection.prepare<[string], Row>(
    `SELECT fill_id AS fillId, account_id AS accountId, at, revision, corrected FROM fill_change
     WHERE account_id = ? ORDER BY fill_id, revision`,
  )
  return {
    standing(accountId, entered, symbol) {
      const rows = changes.all(accountId)
      if (rows.length === 0) return entered
      const told = rows.map((row): FillChange => ({
        ...row,
        corrected: row.corrected === null ? null : (JSON.parse(row.corrected) as Fill),
      }))
      if (symbol === undefined) return standingFills(entered, told)
      // A correction may name another symbol than the fill: both are looked at, and what ends up elsewhere is left out.
      const known = new Set(entered.map(({ fillId }) => fillId))
      const moved = [...new Set(told.flatMap(({ fillId }) => (known.has(fillId) ? [] : [fillId])))]
      const others = moved.flatMap((fillId) => fillOf(fillId) ?? [])
      return standingFills([...entered, ...others], told).filter((fill) => fill.symbol === symbol)
    },
  }
}

/** Prepares keeping a change; answers whether it was new. Counts as a change of every symbol it may concern. */
export function fillChangeWriter(connection: WriteConnection): (change: FillChange, seq: number) => boolean {
  const add = connection.prepare(
    `INSERT INTO fill_change (fill_id, revision, account_id, at, corrected, seq) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  const touch = connection.prepare<[string, string, string]>(
    `INSERT INTO fill_version (account_id, symbol, version)
     SELECT ?, symbol, 1 FROM (
       SELECT symbol FROM fill WHERE fill_id = ?
       UNION SELECT corrected ->> '$.symbol' FROM fill_change WHERE fill_id = ? AND corrected IS NOT NULL
     ) WHERE true
     ON CONFLICT DO UPDATE SET version = version + 1`,
  )
  return ({ fillId, revision, accountId, at, corrected }, seq) => {
    const body = corrected === null ? null : JSON.stringify(plain(corrected))
    if (add.run(fillId, revision, accountId, at, body, seq).changes === 0) return false
    touch.run(accountId, fillId, fillId)
    return true
  }
}
