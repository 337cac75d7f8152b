import Database from 'better-sqlite3'
import { hash as digest } from 'node:crypto'
import type { OrderFact, OrderRecord } from '../../src/desk/trading/ports.ts'
import { stateOf, type Cause } from '../../src/domain/desk-state/cause.ts'
import type { DeskState } from '../../src/domain/desk-state/desk-state.ts'
import { dec, text, ZERO, type Dec } from '../../src/domain/kernel/money.ts'

/** What a book file says by itself, read table by table without the desk. */
export interface BookOnDisk {
  /** Equal where everything in the book is equal, to the byte. */
  readonly digest: string
  /** A word on each table, to tell where two books differ. */
  readonly tables: readonly string[]
  readonly decisions: ReadonlySet<string>
  /** Units filled by client id: each execution once. */
  readonly filled: ReadonlyMap<string, Dec>
  readonly entries: readonly string[]
  /** Signed units by symbol, of the fills in the ledger one after the other. */
  readonly positions: Readonly<Record<string, string>>
  readonly cash: Dec
  readonly causes: readonly Cause[]
  readonly state: DeskState
}

interface FillRow {
  readonly symbol: string
  readonly side: string
  readonly quantity: string
  readonly price: string
  readonly fee: string
}

/** Tables of which every row counts; of the log its head, which counts for all of it. */
const WHOLE = ['order_ticket', 'order_fact', 'paper_order', 'trading_state', 'fill', 'cash_flow', 'desk_state']
const REST = ['limit_breach', 'limit_point', 'setting', 'decision', 'version']

/** Reads a book file, also while a desk has it open. */
export function readBookOnDisk(path: string): BookOnDisk {
  const database = new Database(path)
  try {
    // Safe: each query names the columns that are read of it.
    const all = (sql: string): unknown[] => database.prepare(sql).all()
    const texts = (sql: string): readonly string[] => database.prepare<[], string>(sql).pluck().all()
    const facts = texts('SELECT fact FROM order_fact ORDER BY id').map((fact) => JSON.parse(fact) as OrderFact)
    const tickets = texts("SELECT ticket FROM order_ticket WHERE role <> 'protect'")
    const tables = [...WHOLE, ...REST]
      .map((table) => [table, all(`SELECT * FROM ${table}`)] as const)
      .map(([table, rows]) => `${table} ${rows.length} ${digest('sha256', JSON.stringify(rows), 'hex').slice(0, 12)}`)
    const log = `audit ${texts("SELECT seq || ' ' || hash FROM audit ORDER BY seq DESC LIMIT 1").join()}`
    const causes = texts('SELECT latch FROM desk_state').flatMap(
      (latch) => (JSON.parse(latch) as { readonly causes: readonly Cause[] }).causes,
    )
    return {
      digest: digest('sha256', [...tables, log].join(), 'hex'),
      tables: [...tables, log],
      decisions: new Set(texts('SELECT decision_id FROM decision')),
      filled: filledOf(facts),
      entries: tickets.map((ticket) => (JSON.parse(ticket) as OrderRecord['ticket']).decisionId),
      ...ledgerOf(
        all('SELECT symbol, side, quantity, price, fee FROM fill') as FillRow[],
        texts('SELECT account_amount FROM cash_flow'),
      ),
      causes,
      state: stateOf(causes),
    }
  } finally {
    database.close()
  }
}

function filledOf(facts: readonly OrderFact[]): ReadonlyMap<string, Dec> {
  const known = new Set<string>()
  const filled = new Map<string, Dec>()
  for (const fact of facts) {
    if (fact.kind !== 'fill' || known.has(fact.executionId)) continue
    known.add(fact.executionId)
    filled.set(fact.clientId, (filled.get(fact.clientId) ?? ZERO).plus(dec(fact.quantity)))
  }
  return filled
}

/** The account as a clerk would keep it: fill after fill, and payment after payment. */
function ledgerOf(fills: readonly FillRow[], flows: readonly string[]): Pick<BookOnDisk, 'positions' | 'cash'> {
  let cash = flows.reduce((sum, amount) => sum.plus(dec(amount)), ZERO)
  const positions = new Map<string, Dec>()
  for (const { symbol, side, quantity, price, fee } of fills) {
    const units = side === 'buy' ? dec(quantity) : dec(quantity).neg()
    positions.set(symbol, (positions.get(symbol) ?? ZERO).plus(units))
    cash = cash.minus(units.times(dec(price))).minus(dec(fee))
  }
  const held = [...positions].filter(([, units]) => !units.isZero()).sort(([a], [b]) => (a < b ? -1 : 1))
  return { positions: Object.fromEntries(held.map(([symbol, units]) => [symbol, text(units)])), cash }
}
