const MOST_BINS = 24
const STEPS = [1, 2, 2.5, 5, 10]

/** Pasted trades in round bins with zero between two of them, for the drawing of their distribution. */
export function tradeBins(values: readonly number[]): { from: number; width: number; counts: number[] } {
  const least = values.reduce((low, value) => Math.min(low, value), 0)
  const most = values.reduce((high, value) => Math.max(high, value), 0)
  const raw = Math.max(most - least, 1e-6) / MOST_BINS
  const power = 10 ** Math.floor(Math.log10(raw))
  const width = (STEPS.find((step) => step * power >= raw * (1 - 1e-9)) ?? 10) * power
  const first = Math.floor(least / width)
  const counts = new Array<number>(Math.floor(most / width) - first + 1).fill(0)
  for (const value of values) {
    const bin = Math.floor(value / width) - first
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return { from: first * width, width, counts }
}

/** The mean of trades with its 95 % interval by the normal law; no interval of fewer than two. */
export function meanOf(values: readonly number[]): { mean: number | null; low: number | null; high: number | null } {
  const count = values.length
  if (count === 0) return { mean: null, low: null, high: null }
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  if (count < 2) return { mean, low: null, high: null }
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)
  const half = 1.959964 * Math.sqrt(variance / count)
  return { mean, low: mean - half, high: mean + half }
}
