import type { VenueClient, VenueTickers } from './venue.ts'

/** One loop that asks a venue for prices again and again. */
export interface VenueLoop {
  readonly ask: () => Promise<VenueTickers>
  /** Milliseconds between an answer and the next question: 0 where the venue itself tells what changed. */
  readonly pause: number
}

/** How a venue tells bid and ask, in a word, and the loops that ask it. */
export interface VenueWay {
  readonly says: string
  readonly loops: readonly VenueLoop[]
}

const POLL_MS = 1_000

/** The best way a venue has: told as it changes where it can, else asked each second; `undefined` where it has none. */
export function venueWay(client: VenueClient, markets: readonly string[]): VenueWay | undefined {
  const can = (call: string): boolean => client.has[call] === true
  const told = 'tells bid and ask as they change'
  const asked = 'is asked for bid and ask each second'
  if (can('watchBidsAsks')) return { says: told, loops: [{ ask: () => client.watchBidsAsks(markets), pause: 0 }] }
  if (can('watchTickers')) return { says: told, loops: [{ ask: () => client.watchTickers(markets), pause: 0 }] }
  if (can('watchTicker')) {
    const loops = markets.map((market) => ({
      ask: async () => ({ [market]: await client.watchTicker(market) }),
      pause: 0,
    }))
    return { says: told, loops }
  }
  if (can('fetchBidsAsks'))
    return { says: asked, loops: [{ ask: () => client.fetchBidsAsks(markets), pause: POLL_MS }] }
  if (can('fetchTickers')) return { says: asked, loops: [{ ask: () => client.fetchTickers(markets), pause: POLL_MS }] }
  return undefined
}
