/** Histories a generated test draws in the everyday run; `BALLAST_HISTORIES` asks for more of each. */
export function historyCount(everyday: number): number {
  return Math.max(everyday, Number(process.env['BALLAST_HISTORIES'] ?? 0))
}

/** Whole numbers drawn from a seed, the same on every machine (mulberry32). */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 up to, not including, `count`. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let word = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word
    return Math.floor((((word ^ (word >>> 14)) >>> 0) / 4_294_967_296) * count)
  }

  /** One of them. */
  pick<T>(choices: readonly T[]): T {
    const chosen = choices[this.below(choices.length)]
    if (chosen === undefined) throw new Error('nothing to pick from')
    return chosen
  }

  /** A new order of them. */
  shuffle<T>(items: readonly T[]): T[] {
    const mixed = [...items]
    for (let last = mixed.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1)
      const [a, b] = [mixed[last] as T, mixed[other] as T]
      mixed[last] = b
      mixed[other] = a
    }
    return mixed
  }
}
