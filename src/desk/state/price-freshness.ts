import { checkAge } from '../../domain/freshness.ts'
import { readInstrument } from '../../domain/instrument.ts'
import { closeMaxAgeOf, type Profile } from '../../domain/profile.ts'
import { lookAt } from '../feed/live-market.ts'
import type { Workspace } from '../workspace.ts'

/** Whether prices are fresh, and which one is not. */
export interface PriceFreshness {
  readonly fresh: boolean
  readonly says: string
}

/**
 * Whether every position is marked at a price young enough: for a live book a quote, for others a close. A live book that
 * holds nothing needs one fresh quote of any instrument.
 */
export function priceFreshness(workspace: Workspace): PriceFreshness {
  const { book } = workspace
  const { profile } = workspace.activeProfile()
  const now = workspace.now()
  const live = book.info.kind === 'live'
  const maxAge = live ? quoteMaxAgeOf(profile) : closeMaxAgeOf(profile)
  if (maxAge === undefined) return { fresh: false, says: 'The profile says nothing of the age of prices.' }
  const aged = (symbol: string): PriceFreshness => {
    const spec = book.instrument(symbol)
    const read = spec === undefined ? undefined : readInstrument(spec)
    if (read?.ok !== true) return { fresh: false, says: `${symbol} has no specification: enter it in Settings.` }
    const mark = book.lastMark(symbol, now)
    const { board } = workspace.market
    const alive = live && mark?.source === 'feed' && board.has(symbol) ? board.alive(symbol, lookAt(now)) : undefined
    if (alive?.ok === false) return { fresh: false, says: alive.error.says }
    const age = checkAge(mark?.at ?? null, `price of ${symbol}`, mark?.source ?? 'not known', {
      now,
      maxAge,
      calendar: read.value.calendar,
    })
    return age.ok ? { fresh: true, says: 'Prices are fresh.' } : { fresh: false, says: age.error.says }
  }
  const held = [...new Set(book.holdings(workspace.account().accountId, now).map(({ symbol }) => symbol))]
  if (held.length > 0 || !live) {
    return held.map(aged).find(({ fresh }) => !fresh) ?? { fresh: true, says: 'Every position has a fresh price.' }
  }
  const some = book.instruments().some(({ symbol }) => aged(symbol).fresh)
  return some
    ? { fresh: true, says: 'Quotes are fresh.' }
    : { fresh: false, says: 'No instrument has a fresh quote: start a feed, or type a price.' }
}

function quoteMaxAgeOf(profile: Profile): number | undefined {
  return (profile.gate.get('market_data') as { readonly quoteMaxAge: number } | undefined)?.quoteMaxAge
}
