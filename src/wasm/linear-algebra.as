// Symmetric linear algebra in the two lanes of 128-bit vectors. Matrices are row-major; a stride is a multiple of 4, and
// the rows that pad a matrix to it are those of the unit matrix, so that no loop has a ragged end.

// Columns that are worked off together, so that the rows they need stay in the cache.
const PANEL: i32 = 64

@inline function at(matrix: usize, stride: i32, row: i32, column: i32): usize {
  return matrix + ((<usize>row * <usize>stride + <usize>column) << 3)
}

@inline function total(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1)
}

@inline function madd(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b))
}

/** matrix = scale·base + diagonal, lower triangle. */
export function combine(order: i32, stride: i32, base: usize, matrix: usize, diagonal: usize, scale: f64): void {
  const scales = f64x2.splat(scale)
  for (let row = 0; row < order; ++row) {
    const from = at(base, stride, row, 0)
    const into = at(matrix, stride, row, 0)
    for (let k: usize = 0, end = (<usize>row << 3) + 8; k < end; k += 16)
      v128.store(into + k, f64x2.mul(scales, v128.load(from + k)))
    const own = into + (<usize>row << 3)
    store<f64>(own, load<f64>(own) + load<f64>(diagonal + (<usize>row << 3)))
  }
  for (let row = order; row < stride; ++row) {
    memory.fill(at(matrix, stride, row, 0), 0, <usize>stride << 3)
    store<f64>(at(matrix, stride, row, row), 1)
  }
}

/** matrix += scale·vector·vector′, lower triangle. */
export function addOuter(order: i32, stride: i32, matrix: usize, vector: usize, scale: f64): void {
  for (let row = 0; row < order; ++row) {
    const factor = scale * load<f64>(vector + (<usize>row << 3))
    if (factor == 0) continue
    const factors = f64x2.splat(factor)
    const into = at(matrix, stride, row, 0)
    for (let k: usize = 0, end = (<usize>row << 3) + 8; k < end; k += 16)
      v128.store(into + k, madd(v128.load(into + k), factors, v128.load(vector + k)))
  }
}

@inline function dot(a: usize, b: usize, end: usize): f64 {
  let one = f64x2.splat(0)
  let two = f64x2.splat(0)
  let k: usize = 0
  for (; k + 16 < end; k += 32) {
    one = madd(one, v128.load(a + k), v128.load(b + k))
    two = madd(two, v128.load(a + k, 16), v128.load(b + k, 16))
  }
  if (k < end) one = madd(one, v128.load(a + k), v128.load(b + k))
  return total(f64x2.add(one, two))
}

/** Lower Cholesky factor in place; a pivot up to `least` becomes `still`. `inverse` keeps 1 over the diagonal. */
export function factor(stride: i32, matrix: usize, inverse: usize, share: f64, still: f64): i32 {
  let largest: f64 = 0
  for (let row = 0; row < stride; ++row) largest = max(largest, load<f64>(at(matrix, stride, row, row)))
  const least = share * largest
  let lost = 0
  for (let panel = 0; panel < stride; panel += PANEL) {
    for (let row = panel; row < stride; row += 4) {
      const end = min(panel + PANEL, row)
      for (let column = panel; column < end; column += 2) tile(stride, matrix, inverse, row, column)
      if (row < panel + PANEL) lost += corner(stride, matrix, inverse, row, least, still)
    }
  }
  return lost
}

// Four rows against two columns: eight sums in flight.
@inline function tile(stride: i32, matrix: usize, inverse: usize, row: i32, column: i32): void {
  const a0 = at(matrix, stride, row, 0)
  const a1 = at(matrix, stride, row + 1, 0)
  const a2 = at(matrix, stride, row + 2, 0)
  const a3 = at(matrix, stride, row + 3, 0)
  const b0 = at(matrix, stride, column, 0)
  const b1 = at(matrix, stride, column + 1, 0)
  let s00 = f64x2.splat(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00
  const end = <usize>column << 3
  for (let k: usize = 0; k < end; k += 16) {
    const left = v128.load(b0 + k)
    const right = v128.load(b1 + k)
    const x0 = v128.load(a0 + k)
    s00 = madd(s00, x0, left)
    s01 = madd(s01, x0, right)
    const x1 = v128.load(a1 + k)
    s10 = madd(s10, x1, left)
    s11 = madd(s11, x1, right)
    const x2 = v128.load(a2 + k)
    s20 = madd(s20, x2, left)
    s21 = madd(s21, x2, right)
    const x3 = v128.load(a3 + k)
    s30 = madd(s30, x3, left)
    s31 = madd(s31, x3, right)
  }
  const first = load<f64>(inverse + end)
  const second = load<f64>(inverse + end, 8)
  const beside = load<f64>(b1 + end)
  finish(a0 + end, s00, s01, first, second, beside)
  finish(a1 + end, s10, s11, first, second, beside)
  finish(a2 + end, s20, s21, first, second, beside)
  finish(a3 + end, s30, s31, first, second, beside)
}

@inline function finish(place: usize, left: v128, right: v128, first: f64, second: f64, beside: f64): void {
  const x = (load<f64>(place) - total(left)) * first
  store<f64>(place, x)
  store<f64>(place, (load<f64>(place, 8) - total(right) - x * beside) * second, 8)
}

// The four by four block on the diagonal.
function corner(stride: i32, matrix: usize, inverse: usize, start: i32, least: f64, still: f64): i32 {
  let lost = 0
  const end = <usize>start << 3
  for (let row = start; row < start + 4; ++row) {
    const own = at(matrix, stride, row, 0)
    for (let column = start; column <= row; ++column) {
      const other = at(matrix, stride, column, 0)
      let sum = load<f64>(at(matrix, stride, row, column)) - dot(own, other, end)
      for (let k = start; k < column; ++k) sum -= load<f64>(own + (<usize>k << 3)) * load<f64>(other + (<usize>k << 3))
      if (column < row) {
        store<f64>(at(matrix, stride, row, column), sum * load<f64>(inverse + (<usize>column << 3)))
      } else {
        const pivot = sum > least ? sqrt(sum) : still
        if (!(sum > least)) ++lost
        store<f64>(at(matrix, stride, row, row), pivot)
        store<f64>(inverse + (<usize>row << 3), 1 / pivot)
      }
    }
  }
  return lost
}

/** Solves L·L′·x = vector in place, for a vector padded to the stride. */
export function solve(stride: i32, matrix: usize, inverse: usize, vector: usize): void {
  for (let row = 0; row < stride; ++row) {
    const own = at(matrix, stride, row, 0)
    const even = row & ~1
    let sum = load<f64>(vector + (<usize>row << 3)) - dot(own, vector, <usize>even << 3)
    if (even < row) sum -= load<f64>(own + (<usize>even << 3)) * load<f64>(vector + (<usize>even << 3))
    store<f64>(vector + (<usize>row << 3), sum * load<f64>(inverse + (<usize>row << 3)))
  }
  for (let row = stride - 1; row >= 0; --row) {
    const own = at(matrix, stride, row, 0)
    const value = load<f64>(vector + (<usize>row << 3)) * load<f64>(inverse + (<usize>row << 3))
    const values = f64x2.splat(-value)
    const end = <usize>row << 3
    let k: usize = 0
    for (; k + 8 < end; k += 16) v128.store(vector + k, madd(v128.load(vector + k), values, v128.load(own + k)))
    if (k < end) store<f64>(vector + k, load<f64>(vector + k) - value * load<f64>(own + k))
    store<f64>(vector + end, value)
  }
}

/** into = base·vector, four rows at a time. */
export function multiply(stride: i32, base: usize, vector: usize, into: usize): void {
  const end = <usize>stride << 3
  for (let row = 0; row < stride; row += 4) {
    rows(at(base, stride, row, 0), end, vector, into + (<usize>row << 3))
  }
}

@inline function rows(a0: usize, end: usize, vector: usize, place: usize): void {
  const a1 = a0 + end
  const a2 = a1 + end
  const a3 = a2 + end
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0
  for (let k: usize = 0; k < end; k += 16) {
    const x = v128.load(vector + k)
    s0 = madd(s0, v128.load(a0 + k), x)
    s1 = madd(s1, v128.load(a1 + k), x)
    s2 = madd(s2, v128.load(a2 + k), x)
    s3 = madd(s3, v128.load(a3 + k), x)
  }
  store<f64>(place, total(s0))
  store<f64>(place, total(s1), 8)
  store<f64>(place, total(s2), 16)
  store<f64>(place, total(s3), 24)
}

/** One sweep of coordinate descent towards shares of risk; `x` is padded with zeros. The largest relative error it met. */
export function paritySweep(order: i32, stride: i32, base: usize, budgets: usize, x: usize, slopes: usize): f64 {
  let worst: f64 = 0
  const end = <usize>stride << 3
  for (let first = 0; first < order; first += 4) {
    rows(at(base, stride, first, 0), end, x, slopes)
    const last = min(first + 4, order)
    for (let i = first; i < last; ++i) {
      const row = at(base, stride, i, 0)
      const own = load<f64>(row + (<usize>i << 3))
      const budget = load<f64>(budgets + (<usize>i << 3))
      const before = load<f64>(x + (<usize>i << 3))
      const slope = load<f64>(slopes + (<usize>(i - first) << 3))
      const error = abs((before * slope) / budget - 1)
      if (!(error <= worst)) worst = error
      const rest = slope - own * before
      const root = sqrt(rest * rest + 4 * own * budget)
      const after = rest > 0 ? (2 * budget) / (rest + root) : (root - rest) / (2 * own)
      store<f64>(x + (<usize>i << 3), after)
      for (let later = i + 1; later < last; ++later) {
        const place = slopes + (<usize>(later - first) << 3)
        store<f64>(place, load<f64>(place) + (after - before) * load<f64>(row + (<usize>later << 3)))
      }
    }
  }
  return worst
}
