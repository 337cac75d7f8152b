/** Chance that is the same on every machine: whole-number arithmetic from a seed, and sums of it. */
export class SeededDice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** Evenly spread in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  /** Near a normal deviate of mean 0 and deviation 1: twelve throws added, so that no machine's logarithm has a say. */
  deviate(): number {
    let sum = -6
    for (let n = 0; n < 12; n++) sum += this.next()
    return sum
  }
}
