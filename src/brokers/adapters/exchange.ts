import type { ExchangeConnection, ExchangePort } from '../../desk/trading/ports.ts'
import { ExchangeDesk } from '../exchange/exchange-desk.ts'
import { EXCHANGES } from '../exchange/exchange-link.ts'

/** Sends orders to an exchange account, through an optional library that is loaded when a book is connected. */
export const exchange = {
  id: 'exchange',
  title: 'Exchange',
  says: 'Sends orders to your exchange account; what is not confirmed is asked for until it is known, and counts meanwhile.',
  exchanges: EXCHANGES.map(({ id, title }) => ({ id, title })),
  connect(connection: ExchangeConnection): ExchangePort {
    return new ExchangeDesk(connection)
  },
} as const
