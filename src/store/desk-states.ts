import type { DeskStateChange, LimitBreachRecord, LimitPoint } from '../desk/ports.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'

/** Reads the desk's state, breaches and limit history of an open book. */
export interface DeskStateReader {
  /** The latch as its own table and as the log have it; `undefined` where one has none. */
  deskStates(): readonly (string | undefined)[]
  /** Breaches nobody has acknowledged and those since `since`, newest first. */
  breaches(since: number): readonly LimitBreachRecord[]
  /** The newest `limit` points of a limit since `from`, oldest first. */
  limitPoints(key: string, from: number, limit: number): readonly LimitPoint[]
}

/** Changes them, inside a transaction of the caller. */
export interface DeskStateWriter {
  saveDeskState(seq: number, change: DeskStateChange): void
  /** Whether there was such a breach without an acknowledgement. */
  acknowledge(breachId: string, at: number, note: string | null): boolean
  /** Adds points and drops those before `since`. */
  addLimitPoints(points: readonly LimitPoint[], since: number): void
}

const BREACH =
  'breach_id AS breachId, key, title, code, at, used, most AS "limit", says, acknowledged_at AS acknowledgedAt, note'

/** Prepares reading states, breaches and limit history. */
export function deskStateReader(connection: ReadConnection): DeskStateReader {
  const kept = connection.prepare<[], string>('SELECT latch FROM desk_state WHERE id = 1').pluck()
  const logged = connection
    .prepare<[], string>(
      "SELECT json_extract(body, '$.latch') FROM audit WHERE kind = 'state' AND json_extract(body, '$.latch') IS NOT NULL ORDER BY seq DESC LIMIT 1",
    )
    .pluck()
  const breaches = connection.prepare<[number], LimitBreachRecord>(
    `SELECT ${BREACH} FROM limit_breach WHERE acknowledged_at IS NULL OR at >= ? ORDER BY at DESC, breach_id DESC`,
  )
  const points = connection.prepare<[string, number, number], LimitPoint>(
    'SELECT key, at, used, most AS "limit", utilisation FROM limit_point WHERE key = ? AND at >= ? ORDER BY at DESC LIMIT ?',
  )
  return {
    deskStates: () => [kept.get(), logged.get()],
    breaches: (since) => breaches.all(since),
    limitPoints: (key, from, limit) => points.all(key, from, limit).reverse(),
  }
}

/** Prepares changing them. */
export function deskStateWriter(connection: WriteConnection): DeskStateWriter {
  const save = connection.prepare(
    `INSERT INTO desk_state (id, latch, at, seq) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET latch = excluded.latch, at = excluded.at, seq = excluded.seq`,
  )
  const breach = connection.prepare(
    'INSERT INTO limit_breach (breach_id, key, title, code, at, used, most, says, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const acknowledge = connection.prepare(
    'UPDATE limit_breach SET acknowledged_at = ?, note = ? WHERE breach_id = ? AND acknowledged_at IS NULL',
  )
  const point = connection.prepare(
    'INSERT OR REPLACE INTO limit_point (key, at, used, most, utilisation) VALUES (?, ?, ?, ?, ?)',
  )
  const forget = connection.prepare('DELETE FROM limit_point WHERE at < ?')
  return {
    saveDeskState(seq, { latch, at, breaches }) {
      save.run(latch, at, seq)
      for (const b of breaches) breach.run(b.breachId, b.key, b.title, b.code, b.at, b.used, b.limit, b.says, seq)
    },
    acknowledge: (breachId, at, note) => acknowledge.run(at, note, breachId).changes === 1,
    addLimitPoints(points, since) {
      for (const { key, at, used, limit, utilisation } of points) point.run(key, at, used, limit, utilisation)
      forget.run(since)
    },
  }
}
