import type { FeedView, ReplayView } from '../../contract/feed.ts'
import type { RefusalBody } from '../../contract/refusal.ts'
import { OneAtATime } from '../kit/one-at-a-time.ts'
import { answer, type Answer, type Answers, type DeskClient } from '../rpc.ts'

type Trading = Answers['trading']
/** Bars of the book that can be replayed. */
export type Replayable = Answers['feed']['replayable'][number]
/** What a replay begins with. */
export type ReplayWanted = Parameters<DeskClient['feed']['startReplay']>[0]

/** What trading needs of the desk; the client is asked for anew because a line may have been reopened. */
export interface TradingSource {
  readonly client: Pick<DeskClient, 'trading' | 'feed'>
}

/** Orders, positions at the broker and the feed of the open book, and what a person does with them. */
export class TradingView {
  orders = $state.raw<Trading['orders']>([])
  positions = $state.raw<Trading['positions']>([])
  broker = $state.raw<Trading['broker']>()
  feed = $state.raw<FeedView>()
  /** Why orders are not known. */
  refusal = $state.raw<RefusalBody>()
  /** Open orders alone, or all of the newest. */
  openOnly = $state(true)
  readonly #source: TradingSource
  readonly #loads = new OneAtATime((isWanted) => this.#ask(isWanted))

  readonly isReplaying = $derived((this.feed?.replay.state ?? 'none') !== 'none')
  readonly isPlaying = $derived(this.feed?.replay.state === 'playing')

  constructor(source: TradingSource) {
    this.#source = source
  }

  /** Asks for everything anew. */
  load(): Promise<void> {
    return this.#loads.ask()
  }

  /** Another book was opened: an answer of the one before is dropped. */
  drop(): void {
    this.#loads.drop()
  }

  async #ask(isWanted: () => boolean): Promise<void> {
    const { trading, feed } = this.#source.client
    const [orders, positions, broker, status] = await Promise.all([
      answer(trading.orders(this.openOnly ? { open: true } : { limit: 100 })),
      answer(trading.positions()),
      answer(trading.broker()),
      answer(feed.status()),
    ])
    if (!isWanted()) return
    this.orders = orders.ok ? orders.value : []
    this.positions = positions.ok ? positions.value : []
    this.broker = broker.ok ? broker.value : undefined
    this.feed = status.ok ? status.value : undefined
    this.refusal = orders.ok ? undefined : orders.refusal
  }

  /** Shows open orders alone, or all. */
  async showOpen(openOnly: boolean): Promise<void> {
    this.openOnly = openOnly
    await this.load()
  }

  /** Closes a position at the market, wholly where no quantity is given. The id makes two presses one exit. */
  exit(
    exitId: string,
    position: { readonly symbol: string; readonly strategy: string | null },
    quantity: string,
  ): Promise<RefusalBody | undefined> {
    const { symbol, strategy } = position
    const units = quantity === '' ? null : quantity
    return this.#act(this.#source.client.trading.exit({ exitId, symbol, strategy, quantity: units }))
  }

  /** Cancels a working order. */
  cancel(clientId: string): Promise<RefusalBody | undefined> {
    return this.#act(this.#source.client.trading.cancel({ clientId }))
  }

  /** Protects what is held without a stop. The id makes two presses one stop. */
  setStop(
    stopId: string,
    position: { readonly symbol: string; readonly strategy: string | null },
    stop: string,
  ): Promise<RefusalBody | undefined> {
    const { symbol, strategy } = position
    return this.#act(this.#source.client.trading.setStop({ stopId, symbol, strategy, stop }))
  }

  /** Moves a protective stop nearer to the market. */
  replaceStop(clientId: string, stop: string): Promise<RefusalBody | undefined> {
    return this.#act(this.#source.client.trading.replaceStop({ clientId, stop }))
  }

  /** Bars of the book that can be replayed. */
  replayable(): Promise<Answer<readonly Replayable[]>> {
    return answer(this.#source.client.feed.replayable())
  }

  /** Begins a replay. */
  startReplay(wanted: ReplayWanted): Promise<RefusalBody | undefined> {
    return this.#act(this.#source.client.feed.startReplay(wanted))
  }

  /** Ends the replay; the answer says what the replayed day leaves behind. */
  async stopReplay(): Promise<Answer<ReplayView>> {
    const told = await answer(this.#source.client.feed.stop())
    await this.load()
    return told
  }

  /** Steers the replay. */
  steer(way: 'play' | 'pause'): Promise<RefusalBody | undefined> {
    return this.#act(this.#source.client.feed[way]())
  }

  /** Plays so many quotes at once. */
  step(quotes: number): Promise<RefusalBody | undefined> {
    return this.#act(this.#source.client.feed.step({ quotes }))
  }

  /** Plays so many times as fast as it was. */
  speed(speed: number): Promise<RefusalBody | undefined> {
    return this.#act(this.#source.client.feed.speed({ speed }))
  }

  async #act(call: Promise<unknown>): Promise<RefusalBody | undefined> {
    const told = await answer(call)
    if (!told.ok) return told.refusal
    await this.load()
    return undefined
  }
}
