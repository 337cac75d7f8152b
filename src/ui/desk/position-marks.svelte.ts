import { SvelteMap } from 'svelte/reactivity'
import type { DeskView, PositionMarks as Told } from '../../contract/limits.ts'
import { LatestPerFrame } from '../kit/latest-per-frame.ts'
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

/** Price and profit of each position as quotes move them, frame by frame; each row that can be seen reads its own. */
export class PositionMarks {
  readonly #drawn = new SvelteMap<string, Mark>()
  readonly #newest: LatestPerFrame<Mark>
  readonly #source: MarkSource
  #stop: AbortController | undefined
  #isOld = false

  /** `atFrame` draws at the next frame of the screen. */
  constructor(source: MarkSource, atFrame: (draw: () => void) => void = (draw) => requestAnimationFrame(draw)) {
    this.#source = source
    this.#newest = new LatestPerFrame<Mark>((key, mark) => this.#drawn.set(key, mark), atFrame)
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
    this.#newest.see(keyOf(position), isSeen)
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
    for (const { symbol, strategy, mark, markAt, profit } of positions)
      this.#newest.put(keyOf({ symbol, strategy }), { mark, markAt, profit })
    this.#isOld ||= positions.length > 0
  }

  #forget(): void {
    this.#newest.forget()
    this.#drawn.clear()
  }
}

/** Read anew after each wait: it changes meanwhile. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted
}
