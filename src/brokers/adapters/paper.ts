import { PaperBroker, type PaperState } from '../../domain/broker/paper/paper-broker.ts'
import type { PaperTerms } from '../../domain/broker/paper/paper-terms.ts'
import type { BarOrder } from '../../domain/feed/bar-quotes.ts'
import type { Quote } from '../../domain/feed/quote.ts'
import type { RateQuote } from '../../domain/inputs.ts'
import type { Instrument } from '../../domain/instrument.ts'
import type { Reason } from '../../domain/kernel/reason.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import type { Broker, BrokerEvent, Handed } from '../../desk/broker/ports.ts'
import { Listeners } from '../listeners.ts'

/** What the paper broker needs. */
export interface PaperConnection {
  readonly terms: PaperTerms
  /** Where it left off, or `openPaper` for a new account. */
  readonly state: PaperState
  readonly instrumentOf: (symbol: string) => Instrument | undefined
  /** The feed's own time, UTC epoch milliseconds. */
  readonly now: () => number
}

/** The paper broker behind the port, and what only it can be told. */
export interface PaperDesk extends Broker {
  quote(quote: Quote): void
  /** Ends a session; interest is charged for so many nights. */
  roll(nights: number): void
  setRates(rates: readonly RateQuote[]): void
  orderOfExtremes(symbol: string): BarOrder
  standing(): ReturnType<PaperBroker['standing']>
  /** What to keep over a restart. */
  state(): PaperState
}

/** Fills on paper from the quotes it is given; deterministic from feed and seed. */
export const paper = {
  id: 'paper',
  title: 'Paper',
  says: 'Fills on paper at the quotes of the feed, with spread, slippage, fees, margin and interest.',
  connect(connection: PaperConnection): PaperDesk {
    const broker = new PaperBroker(connection.terms, connection.state, connection.instrumentOf)
    const listeners = new Listeners()
    const hand = (events: readonly BrokerEvent[]): Promise<Handed> => {
      listeners.tell(events)
      return Promise.resolve(ok('handed'))
    }
    const handIf = (done: Result<readonly BrokerEvent[], Reason>): Promise<Handed> =>
      done.ok ? hand(done.value) : Promise.resolve(err(done.error))
    return {
      id: 'paper',
      forwards: true,
      submit: (order) => hand(broker.submit(order, connection.now())),
      exit: (order) => hand(broker.exit(order, connection.now())),
      cancel: (clientId) => handIf(broker.cancel(clientId, connection.now())),
      change: ({ clientId, quantity, limit, trigger }) =>
        handIf(
          broker.replace(
            clientId,
            { quantity, ...(limit === null ? {} : { limit }), ...(trigger === null ? {} : { trigger }) },
            connection.now(),
          ),
        ),
      positions: () => Promise.resolve(ok({ complete: true, positions: broker.state().account.positions })),
      listen: (hear) => listeners.add(hear),
      quote: (quote) => listeners.tell(broker.quote(quote)),
      roll: (nights) => listeners.tell(broker.roll(connection.now(), nights)),
      setRates: (rates) => broker.setRates(rates),
      orderOfExtremes: (symbol) => broker.orderOfExtremes(symbol),
      standing: () => broker.standing(),
      state: () => broker.state(),
    }
  },
} as const
