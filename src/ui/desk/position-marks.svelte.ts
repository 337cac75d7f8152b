import { SvelteMap } from 'svelte/reactivity'
import type { DeskView, PositionMarks as Told } from '../../contract/limits.ts'
import { LatestPerFrame } from '../kit/latest-per-frame.ts'
import { answer, type DeskClient } from '../rpc.ts'

type Position = DeskView['positions'][number]
type Mark = Pick<Position, 'mark' | 'markAt' | 'profit'>

/** What the marks need of the desk; the client is asked for anew because a line may have been reopened. */
export interface MarkSource {
  readonly client: { readonly limits: Pick<DeskClient['limits'], 'movedPositions'> }
}

const retryMs = 1_000
/** The rest of a frame in which the next prices gather before they are asked for. */
const gatherMs = 6
const keyOf = ({ symbol, strategy }: { readonly symbol: string; readonly strategy: string | null }): string =>
  `${symbol} ${strategy ?? ''}`

/** Price and profit of each position as quotes move them, frame by frame; each row that can be seen reads its own. */
export class PositionMarks {
  readonly #drawn = new SvelteMap<string, Mark>()
  readonly #newest: LatestPerFrame<Mark>
  readonly #atFrame: (draw: () => void) => void
  readonly #source: MarkSource
  #stop: AbortController | undefined
  #isOld = false

  /** `atFrame` draws at the next frame of the screen. */
  constructor(source: MarkSource, atFrame: (draw: () => void) => void = (draw) => requestAnimationFrame(draw)) {
    this.#source = source
    this.#atFrame = atFrame
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

  /** Asks for prices from now on, again after each frame that drew some; call it on every new line and for every book. */
  async follow(): Promise<void> {
    this.leave()
    const { signal } = (this.#stop = new AbortController())
    let after = 0
    while (!isStopped(signal)) {
      const told = await answer(this.#source.client.limits.movedPositions({ after }, { signal }))
      if (isStopped(signal)) return
      if (told.ok) {
        after = told.value.count
        this.#take(told.value)
        await new Promise<void>((resolve) => this.#atFrame(resolve))
        await pause(gatherMs)
      } else {
        // Prices nobody tells any more are not shown; the shell says why.
        this.#forget()
        after = 0
        await pause(retryMs)
      }
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

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Read anew after each wait: it changes meanwhile. */
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted
}
