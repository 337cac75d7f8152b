import type { FeedSettings, FeedToken } from '../../contract/feed/live-feed.ts'
import type { QuoteView } from '../../contract/feed.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { answer, type Answer, type DeskClient } from '../rpc.ts'

/** What the feed panel needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface FeedWatchSource {
  readonly client: Pick<DeskClient, 'feed'>
}

const retryMs = 1_000

/** The newest quotes of the open book as they move, and what a person does with its live feed. */
export class FeedWatch {
  quotes = $state.raw<readonly QuoteView[]>([])
  readonly #source: FeedWatchSource
  #stop: AbortController | undefined

  constructor(source: FeedWatchSource) {
    this.#source = source
  }

  /** Listens anew: each quote as it moves, at most once a frame. */
  async follow(): Promise<void> {
    this.leave()
    const stop = (this.#stop = new AbortController())
    const { signal } = stop
    while (!isStopped(signal)) {
      const known: Record<string, QuoteView> = {}
      try {
        for await (const frame of await this.#source.client.feed.watch(undefined, { signal })) {
          if (isStopped(signal)) return
          for (const quote of frame.quotes) known[quote.symbol] = quote
          this.quotes = Object.values(known).toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1))
        }
      } catch {
        // Where the line is lost the window says so; until it is back no quote is shown as known.
        this.quotes = []
      }
      if (isStopped(signal)) return
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }

  /** Stops listening; what was known is forgotten. */
  leave(): void {
    this.#stop?.abort()
    this.quotes = []
  }

  /** Starts a live feed; undefined when it runs, else why it does not. */
  async start(settings: FeedSettings): Promise<RefusalBody | undefined> {
    const told = await answer(this.#source.client.feed.startLive(settings))
    return told.ok ? undefined : told.refusal
  }

  /** Stops the live feed. */
  async stop(): Promise<RefusalBody | undefined> {
    const told = await answer(this.#source.client.feed.stopLive())
    return told.ok ? undefined : told.refusal
  }

  /** Makes a new token for bridges: it is told this once. */
  newToken(): Promise<Answer<FeedToken>> {
    return answer(this.#source.client.feed.newToken())
  }

  /** Types bid and ask of an instrument. */
  async type(symbol: string, bid: string, ask: string): Promise<RefusalBody | undefined> {
    const told = await answer(this.#source.client.feed.typeQuote({ symbol, bid, ask }))
    return told.ok ? undefined : told.refusal
  }
}

/** Read anew after each wait: it changes meanwhile. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted
}
