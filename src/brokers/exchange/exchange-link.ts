import type { ExchangeConnection } from '../../desk/trading/ports.ts'
import { reason, type Reason } from '../../domain/kernel/reason.ts'
import { err, ok, type Result } from '../../domain/kernel/result.ts'
import { BinanceUsdm } from './binance-usdm.ts'
import { LibrarySession, type ExchangeClass } from './library-session.ts'
import type { Venue, VenueSpec } from './venue.ts'

/** Exchanges this adapter was tested with, by the library's name of them. */
export const EXCHANGES = [{ id: 'binanceusdm', title: 'Binance USD-M futures', venue: BinanceUsdm }] as const

/** The version of the optional library this adapter was tested with. */
const LIBRARY = 'ccxt@4.5.84'

/** An account that can be traded, with what its exchange demands of orders. */
export interface OpenedAccount {
  readonly venue: Venue
  readonly specs: ReadonlyMap<string, VenueSpec>
}

/** Opens an account: keys, library, clock, position mode, specifications. Sends no order. */
export async function openAccount({
  account,
  keys,
  load,
  timer,
}: Pick<ExchangeConnection, 'account' | 'keys' | 'load' | 'timer'>): Promise<Result<OpenedAccount, Reason>> {
  const known = EXCHANGES.find(({ id }) => id === account.exchange)
  if (known === undefined || !isNetwork(account.network))
    return err(
      reason(
        'INPUT_OUT_OF_RANGE',
        `exchange is ${account.exchange} on ${account.network}: choose one of the list in Settings.`,
        'exchange',
      ),
    )
  const read = keys()
  if (!read.ok) return read
  const made = await load(account.exchange)
  if (typeof made !== 'function')
    return err(
      reason(
        'NOT_ENABLED',
        `The exchange library is not installed: run «npm install ${LIBRARY}» in Ballast’s folder, then test the connection again.`,
        'exchange',
      ),
    )
  const mono = (): number => timer.mono()
  // Safe: the library's exchanges are classes made with their settings.
  const session = new LibrarySession(made as ExchangeClass, { keys: read.value, network: account.network, mono })
  const venue = new known.venue(session)
  const set = await venue.synchronise()
  if (!set.ok) return err(set.error.reason)
  const checked = await venue.check()
  if (!checked.ok) return err(checked.error.reason)
  const specs = await venue.specs()
  return specs.ok ? ok({ venue, specs: specs.value }) : err(specs.error.reason)
}

/** Whether a network is `live`, `testnet`, or a stand-in on this very machine. */
export function isNetwork(network: string): boolean {
  return (
    network === 'live' || network === 'testnet' || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/.test(network)
  )
}
