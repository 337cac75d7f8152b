import { SvelteMap } from 'svelte/reactivity'
import type { DeskView, PositionMarks as Told } from '../../contract/limits.ts'
import type { DeskClient } from '../rpc.ts'

type Position = DeskView['positions'][number]
type Mark = Pick<Position, 'mark' | 'markAt' | 'profit'>

/** What the marks need of the desk; the client is asked for anew because a line may have been reopened. */
export interface MarkSource {
  readonly client: { readonly limits: Pick<DeskClient['limits'], 'watchPositions'> }
}

const retryMs = 1_000
const keyOf = ({ symbol, strategy }: { readonly symbol: string; readonly strategy: string | null }): string =>
  `${symbol} ${strategy ?? ''}`

/**
 * Price and profit of each position as quotes move them. Only rows that can be seen are drawn anew, all of a frame at once:
 * a page that is slow skips prices and never falls behind them.
 */
export class PositionMarks {
  readonly #newest = new Map<string, Mark>()
  readonly #drawn = new SvelteMap<string, Mark>()
  readonly #seen = new Set<string>()
  readonly #moved = new Set<string>()
  readonly #atFrame: (draw: () => void) => void
  readonly #source: MarkSource
  #stop: AbortController | undefined
  #isOld = false

  /** `atFrame` draws at the next frame of the screen. */
  constructor(source: MarkSource, atFrame: (draw: () => void) => void = (draw) => requestAnimationFrame(draw)) {
    this.#source = source
    this.#atFrame = atFrame
  }

  /** The newest price and profit of a position: as told since, unless the position was read later. */
  of(position: Position): Mark {
    const told = this.#drawn.get(keyOf(position))
    const isNewer = told !== undefined && (told.markAt ?? 0) >= (position.markAt ?? 0)
    return isNewer ? told : position
  }

  /** Whether any price has moved since the last time this was asked: then figures that rest on all of them are old. */
  takeMoved(): boolean {
    const isOld = this.#isOld
    this.#isOld = false
    return isOld
  }

  /** A row came into sight or left it: out of sight nothing is drawn. */
  see(position: Position, isSeen: boolean): void {
    const key = keyOf(position)
    if (isSeen) this.#seen.add(key)
    else this.#seen.delete(key)
    if (isSeen && this.#newest.has(key)) this.#drawSoon(key)
  }

  /** Listens anew; call it on every new line and for every book. Nothing of before is shown. */
  async follow(): Promise<void> {
    this.leave()
    const { signal } = (this.#stop = new AbortController())
    while (!isStopped(signal)) {
      try {
        for await (const told of await this.#source.client.limits.watchPositions(undefined, { signal })) {
          if (isStopped(signal)) return
          this.#take(told)
        }
      } catch {
        // A line that broke is told by the shell; prices nobody tells any more are not shown.
        if (isStopped(signal)) return
        this.#forget()
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }

  /** Stops listening. */
  leave(): void {
    this.#stop?.abort()
    this.#forget()
  }

  #take({ positions }: Told): void {
    for (const { symbol, strategy, mark, markAt, profit } of positions) {
      const key = keyOf({ symbol, strategy })
      this.#newest.set(key, { mark, markAt, profit })
      if (this.#seen.has(key)) this.#drawSoon(key)
    }
    this.#isOld ||= positions.length > 0
  }

  #drawSoon(key: string): void {
    const isFirst = this.#moved.size === 0
    this.#moved.add(key)
    if (isFirst) this.#atFrame(() => this.#draw())
  }

  #draw(): void {
    const moved = [...this.#moved]
    this.#moved.clear()
    for (const key of moved) {
      const mark = this.#newest.get(key)
      if (mark !== undefined) this.#drawn.set(key, mark)
    }
  }

  #forget(): void {
    this.#newest.clear()
    this.#drawn.clear()
  }
}

/** Read anew after each wait: it changes meanwhile. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted
}
