// Four paths at a time in the lanes of 128-bit vectors. Every number is the one the TypeScript kernels compute: the
// integers are exact, the floating-point operations are the same in the same order.

@external("env", "log") declare function log(x: f64): f64
@external("env", "exp") declare function exp(x: f64): f64

// Where a group's generator states wait between vector and scalar code: four vectors a, b, c, d.
const STATES: usize = 1024

@inline function rotate(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits))
}

// One Threefry-4x32-20 block per path: key (seed low, seed high, stream, 0), counter (path, 0, 0, 0).
function seedGroup(seedLow: i32, seedHigh: i32, stream: i32, path: i32): void {
  const key0 = i32x4.splat(seedLow)
  const key1 = i32x4.splat(seedHigh)
  const key2 = i32x4.splat(stream)
  const key3 = i32x4.splat(0)
  const key4 = i32x4.splat(0x1bd11bda ^ seedLow ^ seedHigh ^ stream)
  let x0 = i32x4.add(i32x4.add(i32x4.splat(path), i32x4(0, 1, 2, 3)), key0)
  let x1 = key1
  let x2 = key2
  let x3 = key3
  let in0 = key1, in1 = key2, in2 = key3, in3 = key4, in4 = key0
  for (let round = 1; round <= 5; ++round) {
    if (round & 1) {
      x0 = i32x4.add(x0, x1); x1 = v128.xor(rotate(x1, 10), x0); x2 = i32x4.add(x2, x3); x3 = v128.xor(rotate(x3, 26), x2)
      x0 = i32x4.add(x0, x3); x3 = v128.xor(rotate(x3, 11), x0); x2 = i32x4.add(x2, x1); x1 = v128.xor(rotate(x1, 21), x2)
      x0 = i32x4.add(x0, x1); x1 = v128.xor(rotate(x1, 13), x0); x2 = i32x4.add(x2, x3); x3 = v128.xor(rotate(x3, 27), x2)
      x0 = i32x4.add(x0, x3); x3 = v128.xor(rotate(x3, 23), x0); x2 = i32x4.add(x2, x1); x1 = v128.xor(rotate(x1, 5), x2)
    } else {
      x0 = i32x4.add(x0, x1); x1 = v128.xor(rotate(x1, 6), x0); x2 = i32x4.add(x2, x3); x3 = v128.xor(rotate(x3, 20), x2)
      x0 = i32x4.add(x0, x3); x3 = v128.xor(rotate(x3, 17), x0); x2 = i32x4.add(x2, x1); x1 = v128.xor(rotate(x1, 11), x2)
      x0 = i32x4.add(x0, x1); x1 = v128.xor(rotate(x1, 25), x0); x2 = i32x4.add(x2, x3); x3 = v128.xor(rotate(x3, 10), x2)
      x0 = i32x4.add(x0, x3); x3 = v128.xor(rotate(x3, 18), x0); x2 = i32x4.add(x2, x1); x1 = v128.xor(rotate(x1, 20), x2)
    }
    x0 = i32x4.add(x0, in0)
    x1 = i32x4.add(x1, in1)
    x2 = i32x4.add(x2, in2)
    x3 = i32x4.add(i32x4.add(x3, in3), i32x4.splat(round))
    const first = in0
    in0 = in1; in1 = in2; in2 = in3; in3 = in4; in4 = first
  }
  v128.store(STATES, x0)
  v128.store(STATES, x1, 16)
  v128.store(STATES, x2, 32)
  v128.store(STATES, x3, 48)
}

@inline function gather32(base: usize, byte0: usize, byte1: usize, byte2: usize, byte3: usize): v128 {
  let lanes = v128.load32_zero(base + byte0)
  lanes = v128.load32_lane(base + byte1, lanes, 1)
  lanes = v128.load32_lane(base + byte2, lanes, 2)
  return v128.load32_lane(base + byte3, lanes, 3)
}

/** Win or lose at a fixed fraction, a block of trades per draw. Writes `count` final, depth and lowest log wealths. */
export function blocks(
  seedLow: i32, seedHigh: i32, stream: i32, first: i32, count: i32,
  wholeBlocks: i32, wholeTable: usize, wholeMask: i32, restBlocks: i32, restTable: usize, restMask: i32,
  out: usize,
): void {
  const size = <usize>count << 2
  for (let path = 0; path < count; path += 4) {
    seedGroup(seedLow, seedHigh, stream, first + path)
    let a = v128.load(STATES), b = v128.load(STATES, 16), c = v128.load(STATES, 32), d = v128.load(STATES, 48)
    let wealth = i32x4.splat(0), peak = i32x4.splat(0), depth = i32x4.splat(0), lowest = i32x4.splat(0)
    for (let phase = 0; phase < 2; ++phase) {
      const draws = phase == 0 ? wholeBlocks : restBlocks
      const cells = phase == 0 ? wholeTable : restTable
      const bits = phase == 0 ? wholeMask : restMask
      const mask = i32x4.splat(bits)
      const words = cells + ((<usize>bits + 1) << 2)
      for (let draw = 0; draw < draws; ++draw) {
        const r = i32x4.add(i32x4.add(a, b), d)
        d = i32x4.add(d, i32x4.splat(1))
        a = v128.xor(b, i32x4.shr_u(b, 9))
        b = i32x4.add(c, i32x4.shl(c, 3))
        c = i32x4.add(rotate(c, 21), r)
        const index = v128.and(r, mask)
        const cell = gather32(
          cells,
          <usize>i32x4.extract_lane(index, 0) << 2, <usize>i32x4.extract_lane(index, 1) << 2,
          <usize>i32x4.extract_lane(index, 2) << 2, <usize>i32x4.extract_lane(index, 3) << 2,
        )
        const stays = i32x4.lt_s(i32x4.shr_u(r, 10), i32x4.shr_u(cell, 10))
        const word = v128.bitselect(index, v128.and(cell, i32x4.splat(1023)), stays)
        const e0 = v128.load(words + (<usize>i32x4.extract_lane(word, 0) << 4))
        const e1 = v128.load(words + (<usize>i32x4.extract_lane(word, 1) << 4))
        const e2 = v128.load(words + (<usize>i32x4.extract_lane(word, 2) << 4))
        const e3 = v128.load(words + (<usize>i32x4.extract_lane(word, 3) << 4))
        const low01 = v128.shuffle<i32>(e0, e1, 0, 4, 1, 5), low23 = v128.shuffle<i32>(e2, e3, 0, 4, 1, 5)
        const high01 = v128.shuffle<i32>(e0, e1, 2, 6, 3, 7), high23 = v128.shuffle<i32>(e2, e3, 2, 6, 3, 7)
        const bottom = i32x4.add(wealth, v128.shuffle<i64>(high01, high23, 0, 2))
        const top = i32x4.add(wealth, v128.shuffle<i64>(low01, low23, 1, 3))
        depth = i32x4.max_s(i32x4.max_s(depth, i32x4.sub(peak, bottom)), v128.shuffle<i64>(high01, high23, 1, 3))
        lowest = i32x4.min_s(lowest, bottom)
        peak = i32x4.max_s(peak, top)
        wealth = i32x4.add(wealth, v128.shuffle<i64>(low01, low23, 0, 2))
      }
    }
    const at = out + (<usize>path << 2)
    v128.store(at, wealth)
    v128.store(at + size, depth)
    v128.store(at + 2 * size, lowest)
  }
}

/** Trades drawn with replacement at a fixed fraction; `paired`: one word gives two draws. Outputs as `blocks`. */
export function bootstrap(
  seedLow: i32, seedHigh: i32, stream: i32, first: i32, count: i32,
  steps: i32, table: usize, length: i32, paired: i32, out: usize,
): void {
  const size = <usize>count << 2
  const many = <u64>length
  const words = paired ? (steps + 1) >> 1 : steps
  for (let path = 0; path < count; path += 4) {
    seedGroup(seedLow, seedHigh, stream, first + path)
    let a = v128.load(STATES), b = v128.load(STATES, 16), c = v128.load(STATES, 32), d = v128.load(STATES, 48)
    let wealth = i32x4.splat(0), under = i32x4.splat(0), depth = i32x4.splat(0), lowest = i32x4.splat(0)
    const zero = i32x4.splat(0)
    let left = paired ? steps : -1
    for (let word = 0; word < words; ++word) {
      const r = i32x4.add(i32x4.add(a, b), d)
      d = i32x4.add(d, i32x4.splat(1))
      a = v128.xor(b, i32x4.shr_u(b, 9))
      b = i32x4.add(c, i32x4.shl(c, 3))
      c = i32x4.add(rotate(c, 21), r)
      const p0 = <u64><u32>i32x4.extract_lane(r, 0) * many
      const p1 = <u64><u32>i32x4.extract_lane(r, 1) * many
      const p2 = <u64><u32>i32x4.extract_lane(r, 2) * many
      const p3 = <u64><u32>i32x4.extract_lane(r, 3) * many
      const x = gather32(table, <usize>(p0 >> 32) << 2, <usize>(p1 >> 32) << 2, <usize>(p2 >> 32) << 2, <usize>(p3 >> 32) << 2)
      wealth = i32x4.add(wealth, x)
      under = i32x4.max_s(i32x4.sub(under, x), zero)
      depth = i32x4.max_s(depth, under)
      lowest = i32x4.min_s(lowest, wealth)
      if (left < 2) { if (left < 0) continue; break }
      left -= 2
      const y = gather32(
        table,
        <usize>(((p0 & 0xffffffff) * many) >> 32) << 2, <usize>(((p1 & 0xffffffff) * many) >> 32) << 2,
        <usize>(((p2 & 0xffffffff) * many) >> 32) << 2, <usize>(((p3 & 0xffffffff) * many) >> 32) << 2,
      )
      wealth = i32x4.add(wealth, y)
      under = i32x4.max_s(i32x4.sub(under, y), zero)
      depth = i32x4.max_s(depth, under)
      lowest = i32x4.min_s(lowest, wealth)
    }
    const at = out + (<usize>path << 2)
    v128.store(at, wealth)
    v128.store(at + size, depth)
    v128.store(at + 2 * size, lowest)
  }
}

// Where the trades of one draw wait, four paths wide: at most ten.
const TRADES: usize = 1280

/**
 * Every measure of trades at a fixed fraction, trade by trade. `wholeMask` ≥ 0 draws blocks of ten wins and losses from
 * alias tables, else `table` holds `length` increments. Writes six rows of `count`: final, depth and lowest log wealth,
 * longest stretches under water and of losses, and which of target (1) and limit (2) came first.
 */
export function trades(
  seedLow: i32, seedHigh: i32, stream: i32, first: i32, count: i32,
  steps: i32, table: usize, length: i32, paired: i32, wholeMask: i32, restTable: usize, restMask: i32,
  up: i32, down: i32, target: i32, limit: i32, out: usize,
): void {
  const size = <usize>count << 2
  const many = <u64>length
  const flips = wholeMask >= 0
  const batch = flips ? 10 : paired ? 2 : 1
  const zero = i32x4.splat(0)
  const wins = i32x4.splat(up), losses = i32x4.splat(down)
  const above = i32x4.splat(target), below = i32x4.splat(limit)
  for (let path = 0; path < count; path += 4) {
    seedGroup(seedLow, seedHigh, stream, first + path)
    let a = v128.load(STATES), b = v128.load(STATES, 16), c = v128.load(STATES, 32), d = v128.load(STATES, 48)
    let wealth = zero, under = zero, depth = zero, lowest = zero
    let dry = zero, longestDry = zero, streak = zero, longestStreak = zero, reached = zero
    for (let left = steps; left > 0; left -= batch) {
      const r = i32x4.add(i32x4.add(a, b), d)
      d = i32x4.add(d, i32x4.splat(1))
      a = v128.xor(b, i32x4.shr_u(b, 9))
      b = i32x4.add(c, i32x4.shl(c, 3))
      c = i32x4.add(rotate(c, 21), r)
      const here = left < batch ? left : batch
      if (flips) {
        const cells = left < 10 ? restTable : table
        const index = v128.and(r, i32x4.splat(left < 10 ? restMask : wholeMask))
        const cell = gather32(
          cells,
          <usize>i32x4.extract_lane(index, 0) << 2, <usize>i32x4.extract_lane(index, 1) << 2,
          <usize>i32x4.extract_lane(index, 2) << 2, <usize>i32x4.extract_lane(index, 3) << 2,
        )
        const stays = i32x4.lt_s(i32x4.shr_u(r, 10), i32x4.shr_u(cell, 10))
        const word = v128.bitselect(index, v128.and(cell, i32x4.splat(1023)), stays)
        for (let trade = 0; trade < here; ++trade) {
          const won = i32x4.shr_s(i32x4.shl(word, 31 - trade), 31)
          v128.store(TRADES + (<usize>trade << 4), v128.bitselect(wins, losses, won))
        }
      } else {
        const p0 = <u64><u32>i32x4.extract_lane(r, 0) * many
        const p1 = <u64><u32>i32x4.extract_lane(r, 1) * many
        const p2 = <u64><u32>i32x4.extract_lane(r, 2) * many
        const p3 = <u64><u32>i32x4.extract_lane(r, 3) * many
        v128.store(TRADES, gather32(table, <usize>(p0 >> 32) << 2, <usize>(p1 >> 32) << 2, <usize>(p2 >> 32) << 2, <usize>(p3 >> 32) << 2))
        v128.store(TRADES, gather32(
          table,
          <usize>(((p0 & 0xffffffff) * many) >> 32) << 2, <usize>(((p1 & 0xffffffff) * many) >> 32) << 2,
          <usize>(((p2 & 0xffffffff) * many) >> 32) << 2, <usize>(((p3 & 0xffffffff) * many) >> 32) << 2,
        ), 16)
      }
      const end = TRADES + (<usize>here << 4)
      for (let at = TRADES; at < end; at += 16) {
        const x = v128.load(at)
        wealth = i32x4.add(wealth, x)
        under = i32x4.max_s(i32x4.sub(under, x), zero)
        depth = i32x4.max_s(depth, under)
        lowest = i32x4.min_s(lowest, wealth)
        const wet = i32x4.gt_s(under, zero)
        dry = v128.and(i32x4.sub(dry, wet), wet)
        longestDry = i32x4.max_s(longestDry, dry)
        const lost = i32x4.lt_s(x, zero)
        streak = v128.and(i32x4.sub(streak, lost), lost)
        longestStreak = i32x4.max_s(longestStreak, streak)
        const hit = v128.or(
          v128.and(i32x4.ge_s(wealth, above), i32x4.splat(1)),
          v128.and(i32x4.le_s(wealth, below), i32x4.splat(2)),
        )
        reached = v128.or(reached, v128.and(hit, i32x4.eq(reached, zero)))
      }
    }
    const to = out + (<usize>path << 2)
    v128.store(to, wealth)
    v128.store(to + size, depth)
    v128.store(to + 2 * size, lowest)
    v128.store(to + 3 * size, longestDry)
    v128.store(to + 4 * size, longestStreak)
    v128.store(to + 5 * size, reached)
  }
}

// ---- normals: a 256-layer ziggurat on 32-bit words
const TAIL: f64 = 3.6541528853610088
const UNIT: f64 = 1.0 / 4294967296.0

function scalarWord(lane: usize): u32 {
  const at = STATES + (lane << 2)
  const a = load<u32>(at), b = load<u32>(at, 16), c = load<u32>(at, 32), d = load<u32>(at, 48)
  const r = a + b + d
  store<u32>(at, d + 1, 48)
  store<u32>(at, b ^ (b >> 9))
  store<u32>(at, c + (c << 3), 16)
  store<u32>(at, rotl<u32>(c, 21) + r, 32)
  return r
}

@inline function scalarUniform(lane: usize): f64 {
  return (<f64>scalarWord(lane) + 0.5) * UNIT
}

// Finishes the normal whose first word `r` fell outside its layer's rectangle.
function finishNormal(lane: usize, first: u32, bounds: usize, scales: usize, edges: usize): f64 {
  let r = first
  while (true) {
    const layer = <usize>(r & 255)
    const h = <i32>(r & ~255)
    if ((h ^ (h >> 31)) < load<i32>(bounds + (layer << 2))) return <f64>h * load<f64>(scales + (layer << 3))
    if (layer == 0) {
      let x: f64, y: f64
      do {
        x = -log(scalarUniform(lane)) / TAIL
        y = -log(scalarUniform(lane))
      } while (y + y < x * x)
      return h < 0 ? -(TAIL + x) : TAIL + x
    }
    const x = <f64>h * load<f64>(scales + (layer << 3))
    const outer = load<f64>(edges + (layer << 3)), inner = load<f64>(edges + (layer << 3), 8)
    const low = exp(-0.5 * (outer * outer - x * x)), high = exp(-0.5 * (inner * inner - x * x))
    if (high + scalarUniform(lane) * (low - high) < 1.0) return x
    r = scalarWord(lane)
  }
}

/**
 * Correlated normal returns, rebalanced each step. `matrix`: the Cholesky factor in tiles of four rows, column by column;
 * `drift`, `weights`: one number per row, padded to fours. Writes `count` final wealths, lowest ratios to the peak and
 * lowest wealths (f64). `normals`: room for 32 bytes per padded row.
 */
export function gaussians(
  seedLow: i32, seedHigh: i32, stream: i32, first: i32, count: i32,
  steps: i32, assets: i32, tables: usize, matrix: usize, drift: usize, weights: usize, base: f64, normals: usize, out: usize,
): void {
  const size = <usize>count << 3
  const bounds = tables, scales = tables + 1024, edges = tables + 3072
  const padded = (assets + 3) & ~3
  const one = f64x2.splat(1), zero = f64x2.splat(0)
  memory.fill(normals, 0, <usize>padded << 5)
  for (let path = 0; path < count; path += 4) {
    seedGroup(seedLow, seedHigh, stream, first + path)
    let a = v128.load(STATES), b = v128.load(STATES, 16), c = v128.load(STATES, 32), d = v128.load(STATES, 48)
    let wealthA = one, wealthB = one, ratioA = one, ratioB = one, worstA = one, worstB = one, lowA = one, lowB = one
    for (let step = 0; step < steps; ++step) {
      const stop = normals + (<usize>assets << 5)
      for (let at = normals; at < stop; at += 32) {
        const r = i32x4.add(i32x4.add(a, b), d)
        d = i32x4.add(d, i32x4.splat(1))
        a = v128.xor(b, i32x4.shr_u(b, 9))
        b = i32x4.add(c, i32x4.shl(c, 3))
        c = i32x4.add(rotate(c, 21), r)
        const layer = v128.and(r, i32x4.splat(255))
        const h = v128.and(r, i32x4.splat(-256))
        const l0 = <usize>i32x4.extract_lane(layer, 0), l1 = <usize>i32x4.extract_lane(layer, 1)
        const l2 = <usize>i32x4.extract_lane(layer, 2), l3 = <usize>i32x4.extract_lane(layer, 3)
        const bound = gather32(bounds, l0 << 2, l1 << 2, l2 << 2, l3 << 2)
        const inside = i32x4.lt_s(v128.xor(h, i32x4.shr_s(h, 31)), bound)
        const scaleA = v128.load64_lane(scales + (l1 << 3), v128.load64_zero(scales + (l0 << 3)), 1)
        const scaleB = v128.load64_lane(scales + (l3 << 3), v128.load64_zero(scales + (l2 << 3)), 1)
        v128.store(at, f64x2.mul(f64x2.convert_low_i32x4_s(h), scaleA))
        v128.store(at, f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<i64>(h, h, 1, 1)), scaleB), 16)
        if (!i32x4.all_true(inside)) {
          v128.store(STATES, a)
          v128.store(STATES, b, 16)
          v128.store(STATES, c, 32)
          v128.store(STATES, d, 48)
          if (!i32x4.extract_lane(inside, 0)) store<f64>(at, finishNormal(0, i32x4.extract_lane(r, 0), bounds, scales, edges))
          if (!i32x4.extract_lane(inside, 1)) store<f64>(at, finishNormal(1, i32x4.extract_lane(r, 1), bounds, scales, edges), 8)
          if (!i32x4.extract_lane(inside, 2)) store<f64>(at, finishNormal(2, i32x4.extract_lane(r, 2), bounds, scales, edges), 16)
          if (!i32x4.extract_lane(inside, 3)) store<f64>(at, finishNormal(3, i32x4.extract_lane(r, 3), bounds, scales, edges), 24)
          a = v128.load(STATES)
          b = v128.load(STATES, 16)
          c = v128.load(STATES, 32)
          d = v128.load(STATES, 48)
        }
      }
      let sumA = zero, sumB = zero
      let coefficient = matrix
      for (let row = 0; row < padded; row += 4) {
        const own = <usize>row << 3
        let a0 = v128.load64_splat(drift + own), a1 = v128.load64_splat(drift + own, 8)
        let a2 = v128.load64_splat(drift + own, 16), a3 = v128.load64_splat(drift + own, 24)
        let b0 = a0, b1 = a1, b2 = a2, b3 = a3
        const end = normals + (<usize>(row + 4) << 5)
        for (let z = normals; z < end; z += 32) {
          const za = v128.load(z), zb = v128.load(z, 16)
          const k0 = v128.load64_splat(coefficient), k1 = v128.load64_splat(coefficient, 8)
          a0 = f64x2.add(a0, f64x2.mul(k0, za))
          b0 = f64x2.add(b0, f64x2.mul(k0, zb))
          a1 = f64x2.add(a1, f64x2.mul(k1, za))
          b1 = f64x2.add(b1, f64x2.mul(k1, zb))
          const k2 = v128.load64_splat(coefficient, 16), k3 = v128.load64_splat(coefficient, 24)
          a2 = f64x2.add(a2, f64x2.mul(k2, za))
          b2 = f64x2.add(b2, f64x2.mul(k2, zb))
          a3 = f64x2.add(a3, f64x2.mul(k3, za))
          b3 = f64x2.add(b3, f64x2.mul(k3, zb))
          coefficient += 32
        }
        const w0 = v128.load64_splat(weights + own), w1 = v128.load64_splat(weights + own, 8)
        const w2 = v128.load64_splat(weights + own, 16), w3 = v128.load64_splat(weights + own, 24)
        sumA = f64x2.add(f64x2.add(f64x2.add(f64x2.add(sumA, f64x2.mul(w0, a0)), f64x2.mul(w1, a1)), f64x2.mul(w2, a2)), f64x2.mul(w3, a3))
        sumB = f64x2.add(f64x2.add(f64x2.add(f64x2.add(sumB, f64x2.mul(w0, b0)), f64x2.mul(w1, b1)), f64x2.mul(w2, b2)), f64x2.mul(w3, b3))
      }
      const growthA = f64x2.pmax(zero, f64x2.add(f64x2.splat(base), sumA))
      const growthB = f64x2.pmax(zero, f64x2.add(f64x2.splat(base), sumB))
      wealthA = f64x2.mul(wealthA, growthA)
      wealthB = f64x2.mul(wealthB, growthB)
      ratioA = f64x2.pmin(one, f64x2.mul(ratioA, growthA))
      ratioB = f64x2.pmin(one, f64x2.mul(ratioB, growthB))
      worstA = f64x2.pmin(worstA, ratioA)
      worstB = f64x2.pmin(worstB, ratioB)
      lowA = f64x2.pmin(lowA, wealthA)
      lowB = f64x2.pmin(lowB, wealthB)
    }
    const at = out + (<usize>path << 3)
    v128.store(at, wealthA)
    v128.store(at, wealthB, 16)
    v128.store(at + size, worstA)
    v128.store(at + size, worstB, 16)
    v128.store(at + 2 * size, lowA)
    v128.store(at + 2 * size, lowB, 16)
  }
}
