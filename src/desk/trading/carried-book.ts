import { readInstrument, type Instrument } from '../../domain/instrument.ts'
import type { Workspace } from '../workspace.ts'
import type { BookTrading } from './book-trading.ts'
import type { CarriedBook, CarriedOrder, ExchangeAccount } from './ports.ts'

/** Executions may be told out of their order by so much. */
const OVERLAP_MS = 3_600_000

/** The open book as an exchange adapter sees it: the orders that went to the exchange, and what is held. */
export function carriedBook(workspace: Workspace, trading: BookTrading, { since }: ExchangeAccount): CarriedBook {
  const { accountId } = trading.account
  const holdings = () => workspace.book.holdings(accountId, workspace.now())
  const order = (clientId: string): CarriedOrder | undefined => {
    const known = trading.sentBy(clientId) === 'exchange' ? trading.blotter.order(clientId) : undefined
    return known === undefined ? undefined : { ...known, revision: trading.nextRevision(clientId) - 1 }
  }
  return {
    order,
    orders: () =>
      trading.blotter
        .orders()
        .filter(({ ticket }) => trading.sentBy(ticket.clientId) === 'exchange')
        .map((known) => ({ ...known, revision: trading.nextRevision(known.ticket.clientId) - 1 })),
    knows: (executionId) => trading.knowsExecution(executionId),
    held: (symbol, strategy) =>
      holdings().find((one) => one.symbol === symbol && one.strategy === strategy)?.quantity ?? '0',
    heldSymbols: () => [...new Set(holdings().map(({ symbol }) => symbol))],
    instrument: (symbol) => instrumentOf(workspace, symbol),
    followedFrom: (symbol) => {
      const last = trading.blotter.fills(accountId, 'exchange').findLast((fill) => fill.symbol === symbol)
      return Math.max(since, (last?.at ?? since) - OVERLAP_MS)
    },
    store: (ticket) => trading.store(ticket, 'protect'),
    may: (intent) => workspace.posture.permission(intent),
  }
}

/** The specification of a symbol, read; `undefined` where there is none that can be read. */
export function instrumentOf({ book }: Workspace, symbol: string): Instrument | undefined {
  const spec = book.instrument(symbol)
  const read = spec === undefined ? undefined : readInstrument(spec)
  return read?.ok === true ? read.value : undefined
}
