// Eigenvalues and eigenvectors of a symmetric matrix in the two lanes of 128-bit vectors: Householder reflections to a
// tridiagonal matrix, then implicitly shifted QL. The rotations of many sweeps are kept and turn the vectors strip by
// strip, so that a strip stays in the cache. Matrices are row-major with a stride that is a multiple of 8.

// Columns that are turned together: one cache line of each row.
const STRIP: i32 = 8

@inline function at(matrix: usize, stride: i32, row: i32, column: i32): usize {
  return matrix + ((<usize>row * <usize>stride + <usize>column) << 3)
}

@inline function get(list: usize, index: i32): f64 {
  return load<f64>(list + (<usize>index << 3))
}

@inline function put(list: usize, index: i32, value: f64): void {
  store<f64>(list + (<usize>index << 3), value)
}

@inline function madd(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b))
}

@inline function total(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1)
}

// Reduces the lower triangle of `a`; reflector k is left in row k above the diagonal, its factor in `factors`.
export function reduce(
  n: i32, stride: i32, a: usize, diagonal: usize, beside: usize, factors: usize, v: usize, w: usize,
): void {
  for (let k = 0; k < n - 2; ++k) {
    let square: f64 = 0
    for (let i = k + 2; i < n; ++i) {
      const entry = load<f64>(at(a, stride, i, k))
      square += entry * entry
    }
    const head = load<f64>(at(a, stride, k + 1, k))
    put(beside, k, head)
    put(factors, k, 0)
    if (square == 0) continue
    const length = sqrt(head * head + square)
    const turned = head > 0 ? -length : length
    const factor = (turned - head) / turned
    put(v, k + 1, 1)
    for (let i = k + 2; i < n; ++i) put(v, i, load<f64>(at(a, stride, i, k)) / (head - turned))
    put(beside, k, turned)
    put(factors, k, factor)
    reflect(n, stride, a, k + 1, factor, v, w)
    for (let i = k + 1; i < n; ++i) store<f64>(at(a, stride, k, i), get(v, i))
  }
  for (let i = 0; i < n; ++i) put(diagonal, i, load<f64>(at(a, stride, i, i)))
  if (n > 1) put(beside, n - 2, load<f64>(at(a, stride, n - 1, n - 2)))
}

// The lower triangle from row and column `from` on becomes H·A·H; two rows at a time.
function reflect(n: i32, stride: i32, a: usize, from: i32, factor: f64, v: usize, w: usize): void {
  memory.fill(w + (<usize>from << 3), 0, <usize>(n - from) << 3)
  let row = from
  for (; row + 1 < n; row += 2) {
    const r0 = at(a, stride, row, 0)
    const r1 = at(a, stride, row + 1, 0)
    const v0 = get(v, row)
    const v1 = get(v, row + 1)
    const x0 = f64x2.splat(v0)
    const x1 = f64x2.splat(v1)
    let s0 = f64x2.splat(0), s1 = s0
    let k: usize = <usize>from << 3
    const end = <usize>row << 3
    for (; k + 8 < end; k += 16) {
      const e0 = v128.load(r0 + k)
      const e1 = v128.load(r1 + k)
      const x = v128.load(v + k)
      s0 = madd(s0, e0, x)
      s1 = madd(s1, e1, x)
      v128.store(w + k, madd(madd(v128.load(w + k), e0, x0), e1, x1))
    }
    let d0 = total(s0), d1 = total(s1)
    if (k < end) {
      const e0 = load<f64>(r0 + k), e1 = load<f64>(r1 + k), x = load<f64>(v + k)
      d0 += e0 * x
      d1 += e1 * x
      store<f64>(w + k, load<f64>(w + k) + e0 * v0 + e1 * v1)
    }
    const cross = load<f64>(r1 + end)
    put(w, row, get(w, row) + d0 + load<f64>(r0 + end) * v0 + cross * v1)
    put(w, row + 1, get(w, row + 1) + d1 + cross * v0 + load<f64>(r1 + end, 8) * v1)
  }
  if (row < n) {
    const r0 = at(a, stride, row, 0)
    const v0 = get(v, row)
    let sum: f64 = 0
    for (let j = from; j < row; ++j) {
      const entry = get(r0, j)
      sum += entry * get(v, j)
      put(w, j, get(w, j) + entry * v0)
    }
    put(w, row, get(w, row) + sum + get(r0, row) * v0)
  }
  let dot: f64 = 0
  for (let i = from; i < n; ++i) dot += get(w, i) * get(v, i)
  const half = (factor * dot) / 2
  for (let i = from; i < n; ++i) put(w, i, factor * (get(w, i) - half * get(v, i)))
  for (row = from; row < n; ++row) {
    const into = at(a, stride, row, 0)
    const x = f64x2.splat(-get(v, row))
    const y = f64x2.splat(-get(w, row))
    // One entry beyond the diagonal may change: above it the lower triangle keeps nothing of this block.
    for (let k: usize = <usize>from << 3, end = (<usize>row << 3) + 8; k < end; k += 16)
      v128.store(into + k, madd(madd(v128.load(into + k), x, v128.load(w + k)), y, v128.load(v + k)))
  }
}

/** z becomes the transposed product of all reflectors, so that every rotation runs along rows. */
export function accumulate(n: i32, stride: i32, a: usize, z: usize, factors: usize, v: usize): void {
  memory.fill(z, 0, (<usize>stride * <usize>stride) << 3)
  for (let i = 0; i < stride; ++i) store<f64>(at(z, stride, i, i), 1)
  for (let k = n - 3; k >= 0; --k) {
    const factor = get(factors, k)
    if (factor == 0) continue
    // The reflector begins at an even place and ends at the stride: zeros around it change nothing.
    const from = (k + 1) & ~1
    memory.fill(v, 0, <usize>stride << 3)
    for (let i = k + 1; i < n; ++i) put(v, i, load<f64>(at(a, stride, k, i)))
    const start = <usize>from << 3
    const end = <usize>((n + 1) & ~1) << 3
    let row = k + 1
    for (; row + 1 < n; row += 2) {
      const r0 = at(z, stride, row, 0)
      const r1 = at(z, stride, row + 1, 0)
      let s0 = f64x2.splat(0), s1 = s0
      for (let j = start; j < end; j += 16) {
        const x = v128.load(v + j)
        s0 = madd(s0, v128.load(r0 + j), x)
        s1 = madd(s1, v128.load(r1 + j), x)
      }
      const f0 = f64x2.splat(-factor * total(s0))
      const f1 = f64x2.splat(-factor * total(s1))
      for (let j = start; j < end; j += 16) {
        const x = v128.load(v + j)
        v128.store(r0 + j, madd(v128.load(r0 + j), f0, x))
        v128.store(r1 + j, madd(v128.load(r1 + j), f1, x))
      }
    }
    if (row < n) {
      const r0 = at(z, stride, row, 0)
      let s0 = f64x2.splat(0)
      for (let j = start; j < end; j += 16) s0 = madd(s0, v128.load(r0 + j), v128.load(v + j))
      const f0 = f64x2.splat(-factor * total(s0))
      for (let j = start; j < end; j += 16) v128.store(r0 + j, madd(v128.load(r0 + j), f0, v128.load(v + j)))
    }
  }
}

/**
 * Turns the tridiagonal matrix diagonal; the rows of z follow. `turns` has room for `most` pairs of numbers, `strip` for
 * `stride` cache lines. 0 where an eigenvalue is not found in `sweeps` sweeps.
 */
export function iterate(
  n: i32, stride: i32, diagonal: usize, beside: usize, z: usize, turns: usize, most: i32, strip: usize, sweeps: i32,
): i32 {
  let norm: f64 = 0
  for (let i = 0; i < n; ++i) norm = max(norm, abs(get(diagonal, i)) + abs(get(beside, i)))
  const negligible = 2.220446049250313e-16 * norm
  let kept = 0
  for (let first = 0; first < n; ++first) {
    for (let count = 0; ; ++count) {
      let last = first
      while (last < n - 1 && abs(get(beside, last)) > negligible) ++last
      if (last == first) break
      if (count >= sweeps) return 0
      if (kept + (last - first) + 1 > most) {
        turn(n, stride, z, turns, kept, strip)
        kept = 0
      }
      kept = sweep(diagonal, beside, turns, kept, first, last)
    }
  }
  turn(n, stride, z, turns, kept, strip)
  return 1
}

// One sweep over the block from `first` to `last`: writes where it begins and ends, then its rotations.
function sweep(diagonal: usize, beside: usize, turns: usize, kept: i32, first: i32, last: i32): i32 {
  const coupling = get(beside, first)
  const slope = (get(diagonal, first + 1) - get(diagonal, first)) / (2 * coupling)
  const root = sqrt(slope * slope + 1)
  let g = get(diagonal, last) - get(diagonal, first) + coupling / (slope + (slope < 0 ? -root : root))
  let sine: f64 = 1
  let cosine: f64 = 1
  let shift: f64 = 0
  const header = turns + (<usize>kept << 4)
  store<f64>(header, last)
  let place = header + 16
  for (let i = last - 1; i >= first; --i) {
    const own = get(beside, i)
    const f = sine * own
    const b = cosine * own
    const length = sqrt(f * f + g * g)
    put(beside, i + 1, length)
    if (length == 0) {
      put(diagonal, i + 1, get(diagonal, i + 1) - shift)
      put(beside, last, 0)
      store<f64>(header, i + 1, 8)
      return kept + (last - i)
    }
    sine = f / length
    cosine = g / length
    g = get(diagonal, i + 1) - shift
    const mixed = (get(diagonal, i) - g) * sine + 2 * cosine * b
    shift = sine * mixed
    put(diagonal, i + 1, g + shift)
    g = cosine * mixed - b
    store<f64>(place, sine)
    store<f64>(place, cosine, 8)
    place += 16
  }
  put(diagonal, first, get(diagonal, first) - shift)
  put(beside, first, g)
  put(beside, last, 0)
  store<f64>(header, first, 8)
  return kept + (last - first) + 1
}

// Applies the kept rotations to all rows of z, eight columns at a time in a place of their own.
function turn(n: i32, stride: i32, z: usize, turns: usize, kept: i32, strip: usize): void {
  const end = turns + (<usize>kept << 4)
  const line = <usize>STRIP << 3
  for (let column = 0; column < n; column += STRIP) {
    for (let row = 0; row < n; ++row) memory.copy(strip + <usize>row * line, at(z, stride, row, column), line)
    let place = turns
    while (place < end) {
      const last = <i32>load<f64>(place)
      const first = <i32>load<f64>(place, 8)
      place += 16
      let below = strip + <usize>last * line
      let c0 = v128.load(below), c1 = v128.load(below, 16), c2 = v128.load(below, 32), c3 = v128.load(below, 48)
      for (let i = last; i > first; --i) {
        const above = below - line
        const sine = v128.load64_splat(place)
        const cosine = v128.load64_splat(place, 8)
        place += 16
        const a0 = v128.load(above)
        v128.store(below, madd(f64x2.mul(sine, a0), cosine, c0))
        c0 = f64x2.sub(f64x2.mul(cosine, a0), f64x2.mul(sine, c0))
        const a1 = v128.load(above, 16)
        v128.store(below, madd(f64x2.mul(sine, a1), cosine, c1), 16)
        c1 = f64x2.sub(f64x2.mul(cosine, a1), f64x2.mul(sine, c1))
        const a2 = v128.load(above, 32)
        v128.store(below, madd(f64x2.mul(sine, a2), cosine, c2), 32)
        c2 = f64x2.sub(f64x2.mul(cosine, a2), f64x2.mul(sine, c2))
        const a3 = v128.load(above, 48)
        v128.store(below, madd(f64x2.mul(sine, a3), cosine, c3), 48)
        c3 = f64x2.sub(f64x2.mul(cosine, a3), f64x2.mul(sine, c3))
        below = above
      }
      v128.store(below, c0)
      v128.store(below, c1, 16)
      v128.store(below, c2, 32)
      v128.store(below, c3, 48)
    }
    for (let row = 0; row < n; ++row) memory.copy(at(z, stride, row, column), strip + <usize>row * line, line)
  }
}
