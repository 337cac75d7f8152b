import { canonical, type Plain } from '../../domain/kernel/canonical.ts'
import type { CashFlowRow, FillRow, TradeRow } from './ports.ts'

/** Names rows so that the same row of the same file, read again, has the same id, and true twins have different ones. */
export class RowIdentity {
  /** Rows that are equal to an earlier one of the file in every value, and kept as rows of their own. */
  twins = 0
  readonly #accountId: string
  readonly #sha256: (text: string) => string
  readonly #seen = new Map<string, number>()

  constructor(accountId: string, sha256: (text: string) => string) {
    this.#accountId = accountId
    this.#sha256 = sha256
  }

  fill(row: FillRow): string {
    if (row.executionId !== null) return this.named('fill', row.source, row.executionId)
    return this.valued('fill', [row.symbol, row.keyAt, row.side, row.quantity, row.price, row.fee])
  }

  trade(row: TradeRow): string {
    const values = [
      row.symbol,
      row.side,
      row.entryAt,
      row.exitAt,
      row.quantity,
      row.entryPrice,
      row.exitPrice,
      row.profit,
    ]
    return row.sourceId === null ? this.valued('trade', values) : this.named('trade', row.symbol, row.sourceId)
  }

  cashFlow(row: CashFlowRow): string {
    if (row.sourceId !== null) return this.named('cash', row.source, row.sourceId)
    return this.valued('cash', [row.keyAt, row.kind, row.amount, row.currency, row.note])
  }

  private named(kind: string, source: string, id: string): string {
    return this.short(kind, [kind, this.#accountId, source, id])
  }

  private valued(kind: string, values: readonly Plain[]): string {
    const key = canonical([kind, this.#accountId, ...values])
    const ordinal = (this.#seen.get(key) ?? 0) + 1
    this.#seen.set(key, ordinal)
    if (ordinal > 1) this.twins++
    return this.short(kind, [key, ordinal])
  }

  private short(kind: string, parts: readonly Plain[]): string {
    return `${kind}-${this.#sha256(canonical(parts)).slice(0, 32)}`
  }
}
