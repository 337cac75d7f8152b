import type { CashFlow, Fill, Trade } from '../domain/ledger/records.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'
import { duplicateKey } from './duplicates.ts'
import { fillChangeReader } from './fill-changes.ts'
import { sameDecimal, type Added } from './market.ts'

/** Reads what was traded. */
export interface LedgerReader {
  /** Fills as they stand: without those a venue declared void, with its corrections. */
  fills(accountId: string, until: number): readonly Fill[]
  fillsOf(accountId: string, symbol: string): readonly Fill[]
  cashFlows(accountId: string, until: number): readonly CashFlow[]
  importedTrades(accountId: string): readonly Trade[]
  /** A fill as it was entered. */
  fill(fillId: string): Fill | undefined
  cashFlow(flowId: string): CashFlow | undefined
}

/** Adds to it, inside a transaction of the caller. A row that is there is never overwritten. */
export interface LedgerWriter {
  /** The first duplicate key no other fill has: a fill entered by hand is a twin of its like, not a repetition. */
  freeKey(fill: Fill): string
  addFill(fill: Fill, duplicateKey: string): Added
  addTrade(trade: Trade): Added
  addCashFlow(flow: CashFlow): Added
}

const FILL = `fill_id AS fillId, account_id AS accountId, symbol, at, side, quantity, price, fee, fee_currency AS feeCurrency,
  fx_rate AS fxRate, strategy, stop, tag, execution_id AS executionId, stated_profit AS statedProfit, source, batch_id AS batchId`

const TRADE = `trade_id AS tradeId, account_id AS accountId, symbol, strategy, tag, side, quantity, entry_at AS entryAt,
  entry_price AS entryPrice, exit_at AS exitAt, exit_price AS exitPrice, fees, profit, currency,
  account_profit AS accountProfit, r, 'imported' AS origin, batch_id AS batchId`

const FLOW = `flow_id AS flowId, account_id AS accountId, at, kind, amount, currency, account_amount AS accountAmount, note,
  source, batch_id AS batchId`

/** Prepares reading the ledger. */
export function ledgerReader(connection: ReadConnection): LedgerReader {
  const fills = connection.prepare<[string, number], Fill>(
    `SELECT ${FILL} FROM fill WHERE account_id = ? AND at <= ? ORDER BY at, fill_id`,
  )
  const fillsOf = connection.prepare<[string, string], Fill>(
    `SELECT ${FILL} FROM fill WHERE account_id = ? AND symbol = ? ORDER BY at, fill_id`,
  )
  const flows = connection.prepare<[string, number], CashFlow>(
    `SELECT ${FLOW} FROM cash_flow WHERE account_id = ? AND at <= ? ORDER BY at, flow_id`,
  )
  const trades = connection.prepare<[string], Trade>(
    `SELECT ${TRADE} FROM trade WHERE account_id = ? ORDER BY exit_at, trade_id`,
  )
  const oneFill = connection.prepare<[string], Fill>(`SELECT ${FILL} FROM fill WHERE fill_id = ?`)
  const oneFlow = connection.prepare<[string], CashFlow>(`SELECT ${FLOW} FROM cash_flow WHERE flow_id = ?`)
  const changes = fillChangeReader(connection, (fillId) => oneFill.get(fillId))
  return {
    fill: (fillId) => oneFill.get(fillId),
    cashFlow: (flowId) => oneFlow.get(flowId),
    fills: (accountId, until) =>
      changes.standing(accountId, fills.all(accountId, until)).filter(({ at }) => at <= until),
    fillsOf: (accountId, symbol) => changes.standing(accountId, fillsOf.all(accountId, symbol), symbol),
    cashFlows: (accountId, until) => flows.all(accountId, until),
    importedTrades: (accountId) => trades.all(accountId),
  }
}

/** Prepares adding to the ledger. */
export function ledgerWriter(connection: WriteConnection): LedgerWriter {
  const addFill = connection.prepare(
    `INSERT INTO fill (fill_id, account_id, symbol, at, side, quantity, price, fee, fee_currency, fx_rate, strategy, stop, tag,
       execution_id, stated_profit, source, batch_id, duplicate_key)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const oneFill = connection.prepare<[string, string], Fill>(
    `SELECT ${FILL} FROM fill WHERE duplicate_key = ? OR fill_id = ?`,
  )
  const keyTaken = connection.prepare<[string], number>('SELECT 1 FROM fill WHERE duplicate_key = ?').pluck()
  const touch = connection.prepare<[string, string]>(
    `INSERT INTO fill_version (account_id, symbol, version) VALUES (?, ?, 1)
     ON CONFLICT DO UPDATE SET version = version + 1`,
  )
  const addTrade = connection.prepare(
    `INSERT INTO trade (trade_id, account_id, symbol, strategy, tag, side, quantity, entry_at, entry_price, exit_at, exit_price,
       fees, profit, currency, account_profit, r, batch_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const oneTrade = connection.prepare<[string], Trade>(`SELECT ${TRADE} FROM trade WHERE trade_id = ?`)
  const addFlow = connection.prepare(
    `INSERT INTO cash_flow (flow_id, account_id, at, kind, amount, currency, account_amount, note, source, batch_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const oneFlow = connection.prepare<[string], CashFlow>(`SELECT ${FLOW} FROM cash_flow WHERE flow_id = ?`)
  return {
    freeKey(fill) {
      for (let ordinal = 1; ; ordinal++) {
        const key = duplicateKey(fill, ordinal)
        if (fill.executionId !== null || keyTaken.get(key) === undefined) return key
      }
    },
    addFill(f, duplicateKey) {
      const done = addFill.run(
        ...[
          f.fillId,
          f.accountId,
          f.symbol,
          f.at,
          f.side,
          f.quantity,
          f.price,
          f.fee,
          f.feeCurrency,
          f.fxRate,
          f.strategy,
        ],
        ...[f.stop, f.tag, f.executionId, f.statedProfit, f.source, f.batchId, duplicateKey],
      )
      if (done.changes === 1) {
        touch.run(f.accountId, f.symbol)
        return 'added'
      }
      return sameFill(oneFill.get(duplicateKey, f.fillId), f) ? 'known' : 'conflict'
    },
    addTrade(t) {
      const done = addTrade.run(
        ...[t.tradeId, t.accountId, t.symbol, t.strategy, t.tag, t.side, t.quantity, t.entryAt, t.entryPrice, t.exitAt],
        ...[t.exitPrice, t.fees, t.profit, t.currency, t.accountProfit, t.r, t.batchId],
      )
      return done.changes === 1 ? 'added' : sameTrade(oneTrade.get(t.tradeId), t) ? 'known' : 'conflict'
    },
    addCashFlow(f) {
      const money = [f.amount, f.currency, f.accountAmount, f.note, f.source, f.batchId]
      const done = addFlow.run(f.flowId, f.accountId, f.at, f.kind, ...money)
      return done.changes === 1 ? 'added' : sameFlow(oneFlow.get(f.flowId), f) ? 'known' : 'conflict'
    },
  }
}

/** Strategy, stop and tag are the trader's to change, so that they make no conflict. */
function sameFill(held: Fill | undefined, fill: Fill): boolean {
  return (
    held?.accountId === fill.accountId &&
    held.symbol === fill.symbol &&
    held.at === fill.at &&
    held.side === fill.side &&
    held.feeCurrency === fill.feeCurrency &&
    sameDecimal(held.quantity, fill.quantity) &&
    sameDecimal(held.price, fill.price) &&
    sameDecimal(held.fee, fill.fee)
  )
}

function sameTrade(held: Trade | undefined, trade: Trade): boolean {
  return (
    held?.accountId === trade.accountId &&
    held.symbol === trade.symbol &&
    held.side === trade.side &&
    held.entryAt === trade.entryAt &&
    held.exitAt === trade.exitAt &&
    sameDecimal(held.quantity, trade.quantity) &&
    sameDecimal(held.profit, trade.profit)
  )
}

function sameFlow(held: CashFlow | undefined, flow: CashFlow): boolean {
  return (
    held?.accountId === flow.accountId &&
    held.at === flow.at &&
    held.kind === flow.kind &&
    held.currency === flow.currency &&
    sameDecimal(held.amount, flow.amount)
  )
}
