import { FeedSettings } from '../../contract/feed/live-feed.ts'
import type { BookReader, BookWriter } from '../ports.ts'
import { DeskRefusal } from '../refusal.ts'

/** What the live feed of a book runs with, and whether it is to run. */
export interface FeedPlan {
  readonly settings: FeedSettings
  readonly on: boolean
}

const KEY = 'feed'

/** The live feed a book keeps; `undefined` where it never had one, or what it keeps cannot be read. */
export function keptFeed(book: BookReader): FeedPlan | undefined {
  const value = book.setting(KEY)?.value as { readonly on?: unknown; readonly settings?: unknown } | undefined
  const read = FeedSettings.safeParse(value?.settings)
  return read.success ? { settings: read.data, on: value?.on === true } : undefined
}

/** Keeps the live feed of a book, so that it runs again after a restart, or does not. */
export function keepFeed(book: BookWriter, { settings, on }: FeedPlan, at: number): void {
  const says = on ? `Live quotes from ${saysSource(settings)} were started.` : 'Live quotes were stopped.'
  book.saveSetting({ key: KEY, value: { settings, on }, kind: 'price', says }, at)
}

/** Refuses settings that do not fit the open book. */
export function checkFeed(book: BookReader, settings: FeedSettings): void {
  if (settings.feed !== 'exchange') return
  const seen = new Set<string>()
  for (const [index, { symbol }] of settings.markets.entries()) {
    const field = `markets.${index}.symbol`
    if (book.instrument(symbol) === undefined)
      throw new DeskRefusal('NOT_FOUND', `${symbol} is not a known instrument: add it in Settings.`, field)
    if (seen.has(symbol))
      throw new DeskRefusal('INPUT_OUT_OF_RANGE', `${symbol} has two markets: name the one it is priced by.`, field)
    seen.add(symbol)
  }
}

function saysSource(settings: FeedSettings): string {
  if (settings.feed === 'local-socket') return `a bridge at port ${settings.port}`
  const { venue, markets } = settings
  return `${venue} (${markets.map(({ symbol, market }) => `${symbol} is ${market}`).join(', ')})`
}
