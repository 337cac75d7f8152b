const LIMBS = 70
const RADIX = 4294967296
/** Additions a limb takes before it could lose a bit. */
const PATIENCE = 262_144

const number = new Float64Array(1)
const words = new Uint32Array(number.buffer)

/**
 * A sum of finite numbers without rounding: the same total in any order and any grouping, so that parts of a run merge
 * into exactly the whole. Kept as 32-bit limbs of a fixed-point number that spans every double (Kulisch 2008).
 */
export class ExactSum {
  readonly #limbs = new Float64Array(LIMBS)
  #added = 0

  /** The sum whose `state` was given out. */
  static from(state: readonly number[]): ExactSum {
    const sum = new ExactSum()
    sum.#limbs.set(state)
    return sum
  }

  /** Adds a finite number. */
  add(value: number): void {
    number[0] = value
    const high = words[1] as number
    const exponent = (high >>> 20) & 2047
    const top = (high & 1048575) + (exponent > 0 ? 1048576 : 0)
    const low = words[0] as number
    const bit = exponent > 0 ? exponent - 1 : 0
    const limb = bit >>> 5
    const shift = bit & 31
    const sign = high >>> 31 === 1 ? -1 : 1
    const spill = shift === 0 ? 0 : low >>> (32 - shift)
    const limbs = this.#limbs
    limbs[limb] = (limbs[limb] as number) + sign * ((low << shift) >>> 0)
    limbs[limb + 1] = (limbs[limb + 1] as number) + sign * (((top << shift) >>> 0) + spill)
    if (shift > 0) limbs[limb + 2] = (limbs[limb + 2] as number) + sign * (top >>> (32 - shift))
    if (++this.#added >= PATIENCE) this.#carry()
  }

  /** Adds everything `other` has summed. */
  merge(other: ExactSum): void {
    this.#carry()
    other.#carry()
    for (let limb = 0; limb < LIMBS; limb++) {
      this.#limbs[limb] = (this.#limbs[limb] as number) + (other.#limbs[limb] as number)
    }
    this.#carry()
  }

  /** The total, rounded once. */
  total(): number {
    this.#carry()
    const negative = (this.#limbs[LIMBS - 1] as number) < 0
    if (negative) return -this.#negated().total()
    let top = LIMBS - 1
    while (top > 3 && this.#limbs[top] === 0) top--
    const from = Math.max(0, top - 3)
    let leading = 0n
    for (let limb = top; limb >= from; limb--) leading = leading * BigInt(RADIX) + BigInt(this.#limbs[limb] as number)
    const dropped = this.#limbs.subarray(0, from).some((limb) => limb !== 0)
    const bits = 32 * from - 1074
    const half = Math.trunc(bits / 2)
    return Number(leading * 2n + (dropped ? 1n : 0n)) * 2 ** (half - 1) * 2 ** (bits - half)
  }

  /** The limbs, to be sent and taken up by `from`. */
  state(): number[] {
    this.#carry()
    return [...this.#limbs]
  }

  /** Brings every limb but the last into [0, 2^32). */
  #carry(): void {
    let carry = 0
    for (let limb = 0; limb < LIMBS - 1; limb++) {
      const value = (this.#limbs[limb] as number) + carry
      carry = Math.floor(value / RADIX)
      this.#limbs[limb] = value - carry * RADIX
    }
    this.#limbs[LIMBS - 1] = (this.#limbs[LIMBS - 1] as number) + carry
    this.#added = 0
  }

  #negated(): ExactSum {
    const sum = new ExactSum()
    sum.#limbs.set(this.#limbs.map((limb) => -limb))
    sum.#carry()
    return sum
  }
}
