/**
 * Newest values by key, drawn all of a frame at once and only where they can be seen: a page that is slow skips values and
 * never falls behind them.
 */
export class LatestPerFrame<Value> {
  readonly #newest = new Map<string, Value>()
  readonly #seen = new Set<string>()
  readonly #moved = new Set<string>()
  readonly #draw: (key: string, value: Value) => void
  readonly #atFrame: (draw: () => void) => void

  /** `draw` shows one value; `atFrame` runs at the next frame of the screen. */
  constructor(draw: (key: string, value: Value) => void, atFrame: (draw: () => void) => void) {
    this.#draw = draw
    this.#atFrame = atFrame
  }

  /** A newer value of a key. */
  put(key: string, value: Value): void {
    this.#newest.set(key, value)
    if (this.#seen.has(key)) this.#drawSoon(key)
  }

  /** A key came into sight or left it: out of sight nothing is drawn. */
  see(key: string, isSeen: boolean): void {
    if (isSeen) this.#seen.add(key)
    else this.#seen.delete(key)
    if (isSeen && this.#newest.has(key)) this.#drawSoon(key)
  }

  /** Forgets every value; what is in sight stays known. */
  forget(): void {
    this.#newest.clear()
  }

  #drawSoon(key: string): void {
    const isFirst = this.#moved.size === 0
    this.#moved.add(key)
    if (isFirst) this.#atFrame(() => this.#drawAll())
  }

  #drawAll(): void {
    const moved = [...this.#moved]
    this.#moved.clear()
    for (const key of moved) {
      const value = this.#newest.get(key)
      if (value !== undefined) this.#draw(key, value)
    }
  }
}
