import { reason } from '../../domain/kernel/reason.ts'
import { err } from '../../domain/kernel/result.ts'
import { StoreFault } from '../ports.ts'
import type { BookTrading } from './book-trading.ts'
import { carriedBook } from './carried-book.ts'
import { hearExchange } from './exchange-compare.ts'
import type { ExchangeAccount, ExchangePort } from './ports.ts'
import type { TradingRoom } from './trading-room.ts'

/**
 * Connects the open book to its exchange account and follows it from here on. What the exchange says is kept as it comes; once
 * another book is open nothing more is, and what was missed is asked for when this one is opened again.
 */
export function followExchange(room: TradingRoom, trading: BookTrading, account: ExchangeAccount): ExchangePort {
  const { workspace, ports } = room
  const { ambient } = workspace.options
  const isOpen = (): boolean => room.exchangeOrNone === port
  const port: ExchangePort = ports.brokers.exchange.connect({
    account,
    keys: () =>
      ports.exchange?.secrets.read() ?? err(reason('NOT_ENABLED', 'This desk was opened without a place for keys.')),
    load: (exchange) => ports.exchange?.load(exchange) ?? Promise.resolve(undefined),
    sha256: (text) => ambient.sha256(text),
    now: () => ambient.now(),
    timer: {
      mono: () => ports.timer.mono(),
      after: (ms, run) =>
        ports.timer.after(ms, () => {
          if (isOpen()) run()
        }),
    },
    book: carriedBook(workspace, trading, account),
  })
  port.listen((event) => {
    if (!isOpen()) return
    trading.hear(event)
    try {
      room.flush()
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error
      // What the book could not keep has not happened here: it is asked for again once the book is taken up anew.
      port.close()
      room.faults.push({ at: ambient.now(), says: error.message })
    }
  })
  port.hear((news) => void hearExchange(room, port, news))
  return port
}
