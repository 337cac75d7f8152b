/** Bars for drawing, as parallel arrays of floats; times are epoch milliseconds. */
export interface DrawnBars {
  readonly at: readonly number[]
  readonly open: readonly number[]
  readonly high: readonly number[]
  readonly low: readonly number[]
  readonly close: readonly number[]
  /** Average true range per bar, where known. */
  readonly atr: readonly (number | null)[]
  readonly atrPeriod: number
}

/** One price line with its tag. */
export interface PriceLine {
  readonly id: 'entry' | 'stop' | 'target'
  readonly price: number
}

/** The lowest and highest price a plot reaches. */
export interface PriceRange {
  readonly low: number
  readonly high: number
}

/** Where the axis of bars begins and ends, in bars; the room behind the last bar is for the zones of gain and loss. */
export const leftEdge = -0.7
/** The right end of the axis of bars. */
export const rightEdge = (count: number): number => Math.max(count * 1.27, count + 3)
/** Where the zones of gain and loss begin, in bars. */
export const zoneStart = (count: number): number => count + 0.4

/** Mean close over the period of the range, with one range above and below; null where too few bars are there. */
export function atrBand(bars: DrawnBars): readonly ({ mean: number; above: number; below: number } | null)[] {
  let sum = 0
  return bars.close.map((close, index) => {
    sum += close
    const leaves = bars.close[index - bars.atrPeriod]
    if (leaves !== undefined) sum -= leaves
    const atr = bars.atr[index]
    if (index + 1 < bars.atrPeriod || atr === null || atr === undefined) return null
    const mean = sum / bars.atrPeriod
    return { mean, above: mean + atr, below: mean - atr }
  })
}

/** A range that holds all bars and every line that is not absurdly far away, with a little air. */
export function priceRange(bars: DrawnBars, lines: readonly PriceLine[]): PriceRange {
  const low = Math.min(...bars.low)
  const high = Math.max(...bars.high)
  if (!Number.isFinite(low) || !Number.isFinite(high)) return rangeOfLines(lines)
  const span = Math.max(high - low, Math.abs(high) * 1e-4)
  const near = lines.map(({ price }) => price).filter((price) => price > low - 1.5 * span && price < high + 1.5 * span)
  const bottom = Math.min(low, ...near)
  const top = Math.max(high, ...near)
  const air = (top - bottom || span) * 0.08
  return { low: bottom - air, high: top + air }
}

function rangeOfLines(lines: readonly PriceLine[]): PriceRange {
  const prices = lines.map(({ price }) => price)
  if (prices.length === 0) return { low: 0, high: 1 }
  const [low, high] = [Math.min(...prices), Math.max(...prices)]
  const air = (high - low || Math.abs(high) * 0.02 || 1) * 0.2
  return { low: low - air, high: high + air }
}

/** Places, in pixels, at least a gap apart and as near as may be to where they belong; their order is kept. */
export function apart(wanted: readonly number[], gap: number, lowest: number): readonly number[] {
  const order = wanted.map((_, index) => index).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const places = [...wanted]
  let free = -Infinity
  for (const index of order) {
    places[index] = Math.max(places[index] ?? 0, free)
    free = (places[index] ?? 0) + gap
  }
  let most = lowest
  for (const index of order.toReversed()) {
    places[index] = Math.min(places[index] ?? 0, most)
    most = (places[index] ?? 0) - gap
  }
  return places
}
