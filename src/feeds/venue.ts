import { err, ok, type Result } from '../domain/kernel/result.ts'

/** One market's top of book as the library tells it; numbers come as text, so that no digit is lost. */
export interface VenueTicker {
  readonly symbol?: unknown
  readonly bid?: unknown
  readonly ask?: unknown
  readonly bidVolume?: unknown
  readonly askVolume?: unknown
  readonly last?: unknown
  /** The venue's own stamp, UTC epoch milliseconds; missing where it gives none. */
  readonly timestamp?: unknown
}

/** Tickers by market. */
export type VenueTickers = Readonly<Record<string, VenueTicker>>

/** What is used of an exchange of the library: its public calls. */
export interface VenueClient {
  readonly name?: unknown
  readonly has: Readonly<Record<string, unknown>>
  readonly markets?: Readonly<Record<string, unknown>>
  loadMarkets(): Promise<unknown>
  watchBidsAsks(markets: readonly string[]): Promise<VenueTickers>
  watchTickers(markets: readonly string[]): Promise<VenueTickers>
  watchTicker(market: string): Promise<VenueTicker>
  fetchBidsAsks(markets: readonly string[]): Promise<VenueTickers>
  fetchTickers(markets: readonly string[]): Promise<VenueTickers>
  close(): Promise<unknown>
}

/** Why a venue cannot be used. */
export interface VenueFault {
  readonly code: string
  readonly says: string
  readonly field?: string
}

/** Makes a venue by its name in the library. */
export type OpenVenue = (
  venue: string,
  settings?: Readonly<Record<string, unknown>>,
) => Promise<Result<VenueClient, VenueFault>>

type VenueClass = new (settings: Readonly<Record<string, unknown>>) => VenueClient
type Venues = Readonly<Record<string, VenueClass | undefined>>

/** The optional package, which is in no bundle of the program: only who trades on an exchange adds it. */
const PACKAGE: string = 'ccxt'
const TIMEOUT_MS = 10_000

/** Opens a venue of the library for its public prices, without any key; `settings` are those of the library. */
export const openVenue: OpenVenue = async (venue, settings = {}) => {
  const library = await loadLibrary()
  if (!library.ok) return library
  const { pro, plain } = library.value
  const make = Object.hasOwn(pro, venue) ? pro[venue] : Object.hasOwn(plain, venue) ? plain[venue] : undefined
  if (make === undefined)
    return err({
      code: 'INPUT_OUT_OF_RANGE',
      says: `venue is ${venue}, which ccxt does not know: use its own name for the exchange, such as binanceusdm or kraken.`,
      field: 'venue',
    })
  const client = new make({
    enableRateLimit: true,
    timeout: TIMEOUT_MS,
    newUpdates: false,
    number: String,
    ...settings,
  })
  return ok(client)
}

async function loadLibrary(): Promise<Result<{ readonly pro: Venues; readonly plain: Venues }, VenueFault>> {
  try {
    const { default: library } = (await import(/* @vite-ignore */ PACKAGE)) as {
      readonly default: Readonly<Record<string, unknown>>
    }
    return ok({ pro: classesOf(library['pro']), plain: classesOf(library) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    return err({
      code: 'NOT_ENABLED',
      says: 'Prices of an exchange need the package ccxt, which is not there: run «npm install ccxt@4.5.84» in the folder of Ballast, then start it again.',
      field: 'feed',
    })
  }
}

/** Exchanges among the members of the library, which names other things too. */
function classesOf(members: unknown): Venues {
  const known = Object.entries((members ?? {}) as Readonly<Record<string, unknown>>)
  return Object.fromEntries(
    known.filter(([name, one]) => /^[a-z0-9]+$/.test(name) && typeof one === 'function'),
  ) as Venues
}
