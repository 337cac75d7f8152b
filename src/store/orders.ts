import { StoreFault, type AuditKind } from '../desk/ports.ts'
import { plain, type Plain } from '../domain/kernel/canonical.ts'
import type { PaperOrder } from '../domain/broker/paper/paper-order.ts'
import type { OrderFact, OrderRecord, TradingChange, TradingReader } from '../desk/trading/ports.ts'
import type { ReadConnection, WriteConnection } from './connection.ts'
import { fillChangeWriter } from './fill-changes.ts'
import type { LedgerWriter } from './ledger.ts'

/** Adds a row to the log and answers with its number. */
type Append = (kind: AuditKind, facts: Plain) => number

/** Keeps what happened to orders, inside a transaction of the caller. */
export interface OrderWriter {
  /** Counts as a change of the ledger unless a replay has only gone on. */
  keepTrading(change: TradingChange, append: Append): void
}

/** Prepares reading orders, their facts and what the paper broker goes on from. */
export function orderReader(connection: ReadConnection): TradingReader {
  const tickets = connection.prepare<[], Omit<OrderRecord, 'ticket'> & { readonly ticket: string }>(
    'SELECT ticket, role, broker, at FROM order_ticket ORDER BY seq, rowid',
  )
  const facts = connection.prepare<[], string>('SELECT fact FROM order_fact ORDER BY id').pluck()
  const paperOrders = connection.prepare<[], string>('SELECT body FROM paper_order ORDER BY place').pluck()
  const state = connection.prepare<[string], string>('SELECT body FROM trading_state WHERE key = ?').pluck()
  return {
    orderRecords: () =>
      tickets.all().map((row) => ({ ...row, ticket: JSON.parse(row.ticket) as OrderRecord['ticket'] })),
    orderFacts: () => facts.all().map((fact) => JSON.parse(fact) as OrderFact),
    trading: () => {
      const rest = state.get('paper')
      const orders = paperOrders.all().map((body) => JSON.parse(body) as PaperOrder)
      return { paper: rest === undefined ? undefined : { orders, rest }, replay: state.get('replay') }
    },
  }
}

/** Prepares writing them; fills and payments go to the ledger in the same act. */
export function orderWriter(
  connection: WriteConnection,
  ledger: Pick<LedgerWriter, 'freeKey' | 'addFill' | 'addCashFlow'>,
): OrderWriter {
  const ticket = connection.prepare(
    'INSERT INTO order_ticket (client_id, role, broker, at, ticket, seq) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const fact = connection.prepare('INSERT INTO order_fact (client_id, at, fact, seq) VALUES (?, ?, ?, ?)')
  const paperOrder = connection.prepare(
    `INSERT INTO paper_order (client_id, place, body) VALUES (?, ?, ?)
     ON CONFLICT (client_id) DO UPDATE SET body = excluded.body`,
  )
  const state = connection.prepare(
    'INSERT INTO trading_state (key, body) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body',
  )
  const forget = connection.prepare('DELETE FROM trading_state WHERE key = ?')
  const addFillChange = fillChangeWriter(connection)
  const bump = connection.prepare('UPDATE version SET ledger = ledger + 1')
  const keepPaper = ({ paper, replay }: TradingChange): void => {
    if (paper !== null) {
      for (const order of paper.orders) paperOrder.run(order.ticket.clientId, order.seq, JSON.stringify(order))
      state.run('paper', paper.rest)
    }
    if (replay === null) forget.run('replay')
    else if (replay !== undefined) state.run('replay', replay)
  }
  return {
    keepTrading(change, append) {
      const { orders, facts, fills, cashFlows, at, fillChanges = [] } = change
      for (const fill of fills) {
        append('fill', plain(fill))
        if (ledger.addFill(fill, ledger.freeKey(fill)) === 'conflict') throw other(`Fill ${fill.fillId}`)
      }
      for (const { says, ...changed } of fillChanges)
        addFillChange(changed, append('fill', plain({ ...changed, says })))
      for (const flow of cashFlows) {
        append('cash-flow', plain(flow))
        if (ledger.addCashFlow(flow) === 'conflict') throw other(`Cash flow ${flow.flowId}`)
      }
      if (orders.length > 0 || facts.length > 0) {
        const seq = append('order', plain({ at, orders, facts }))
        for (const order of orders)
          ticket.run(order.ticket.clientId, order.role, order.broker, order.at, JSON.stringify(order.ticket), seq)
        for (const one of facts) fact.run(one.clientId, one.at, JSON.stringify(one), seq)
      }
      keepPaper(change)
      if (orders.length + facts.length + fills.length + cashFlows.length > 0) bump.run()
    },
  }
}

function other(what: string): StoreFault {
  return new StoreFault('CONFLICT', `${what} is in the book with other values: it was left as it is.`)
}
