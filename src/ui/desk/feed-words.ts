import type { FeedSettings, LiveFeedView } from '../../contract/feed/live-feed.ts'
import { ageText } from '../format/time-text.ts'
import type { StateName } from '../kit/state-words.ts'

/** A live feed in one word with its shape: prices that are too old are not called live. */
export function feedWord({ state, age, settings }: LiveFeedView): { readonly mark: StateName; readonly word: string } {
  switch (state) {
    case 'off':
      return { mark: 'stale', word: 'off' }
    case 'starting':
    case 'waiting':
      return { mark: 'stale', word: state }
    case 'lost':
      return { mark: 'over', word: 'lost' }
    case 'failing':
      return { mark: 'over', word: 'cannot begin' }
    case 'open':
      if (age === null) return { mark: 'stale', word: 'no quote yet' }
      return age > (settings?.ttl ?? 0)
        ? { mark: 'stale', word: `silent ${ageText(age)}` }
        : { mark: 'ok', word: 'live' }
  }
}

/** The markets of an exchange as they are typed: one line each, `SYMBOL = MARKET`. */
export function marketsText(settings: FeedSettings | null): string {
  if (settings?.feed !== 'exchange') return ''
  return settings.markets.map(({ symbol, market }) => `${symbol} = ${market}`).join('\n')
}

type Markets = Extract<FeedSettings, { feed: 'exchange' }>['markets']

/** Reads such lines; one that cannot be read is named. */
export function readMarkets(typed: string): { readonly markets: Markets } | { readonly wrong: string } {
  const lines = typed.split('\n').map((line) => line.trim())
  const markets: Markets = []
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const [, symbol, market] = /^(\S+)\s*=\s*(\S+)$/.exec(line) ?? []
    if (symbol === undefined || market === undefined)
      return { wrong: `Line ${index + 1} is "${line}": write SYMBOL = MARKET, such as BTC = BTC/USDT:USDT.` }
    markets.push({ symbol, market })
  }
  return markets.length === 0 ? { wrong: 'No market is named: write SYMBOL = MARKET, one a line.' } : { markets }
}
