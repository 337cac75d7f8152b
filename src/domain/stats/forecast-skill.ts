import { invariant } from '../kernel/invariant.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Embedding } from './delay-vectors.ts'

/**
 * How well the next value of a series follows from where its delay vector's neighbours went: 1 − Σ error² / Σ (x − mean)²
 * with the mean of the embedding + 1 nearest neighbours as the forecast (after Sugihara and May 1990). 1 is perfect, 0 no
 * better than the mean, below 0 worse. Neighbours are further than `separation` periods away. `too_short` where there are
 * not enough of them, `constant` where nothing moves. Finite values.
 */
export function forecastSkill(
  series: Float64Array,
  { embedding, delay, separation }: Embedding & { readonly separation: number },
): Result<number, 'too_short' | 'constant'> {
  invariant(series.every(Number.isFinite), 'a series to forecast is finite')
  const count = series.length - (embedding - 1) * delay - 1
  const wanted = embedding + 1
  if (count < 2 * separation + 1 + wanted) return err('too_short')
  const next = series.subarray((embedding - 1) * delay + 1)
  let mean = 0
  for (let i = 0; i < count; i++) mean += (next[i] as number) / count
  const squares = new Float64Array(count)
  const nearest = { distances: new Float64Array(wanted), targets: new Float64Array(wanted) }
  let errors = 0
  let spread = 0
  for (let i = 0; i < count; i++) {
    squares.fill(0)
    for (let k = 0; k < embedding; k++) addSquares(series, k * delay, i, squares)
    nearest.distances.fill(Infinity)
    keepNearest(squares, next, 0, i - separation, nearest)
    keepNearest(squares, next, i + separation + 1, count, nearest)
    let forecast = 0
    for (const target of nearest.targets) forecast += target / wanted
    errors += ((next[i] as number) - forecast) ** 2
    spread += ((next[i] as number) - mean) ** 2
  }
  return spread > 0 ? ok(1 - errors / spread) : err('constant')
}

/** Adds the squared distance of the coordinate that starts at `from` to that of vector i. */
function addSquares(series: Float64Array, from: number, i: number, squares: Float64Array): void {
  const own = series[from + i] as number
  for (let j = 0; j < squares.length; j++) {
    const apart = (series[from + j] as number) - own
    squares[j] = (squares[j] as number) + apart * apart
  }
}

interface Nearest {
  readonly distances: Float64Array
  readonly targets: Float64Array
}

/** Keeps the nearest neighbours of a stretch, in order; of equally near ones the first. */
function keepNearest(squares: Float64Array, next: Float64Array, from: number, to: number, kept: Nearest): void {
  const { distances, targets } = kept
  const last = distances.length - 1
  let furthest = distances[last] as number
  for (let j = from; j < to; j++) {
    const square = squares[j] as number
    if (square >= furthest) continue
    let place = last
    while (place > 0 && (distances[place - 1] as number) > square) {
      distances[place] = distances[place - 1] as number
      targets[place] = targets[place - 1] as number
      place -= 1
    }
    distances[place] = square
    targets[place] = next[j] as number
    furthest = distances[last] as number
  }
}
