import type { RunSeed } from './run-seed.ts'

/**
 * Writes the generator state of one path into `out[at..at+3]`: the Threefry-4x32-20 block keyed by the run's seed and
 * `stream`, counted by the path (Salmon, Moraes, Dror and Shaw 2011), its rounds spelled out for speed.
 */
export function seedPath(seed: RunSeed, stream: number, path: number, out: Int32Array, at: number): void {
  const k0 = seed.low | 0
  const k1 = seed.high | 0
  const k2 = stream | 0
  const k4 = 0x1bd11bda ^ k0 ^ k1 ^ k2
  let a = (path + k0) | 0
  let b = k1
  let c = k2
  let d = 0
  let in0 = k1
  let in1 = k2
  let in2 = 0
  let in3 = k4
  let in4 = k0
  for (let turn = 1; turn <= 5; turn++) {
    const odd = (turn & 1) === 1
    a = (a + b) | 0
    b = odd ? ((b << 10) | (b >>> 22)) ^ a : ((b << 6) | (b >>> 26)) ^ a
    c = (c + d) | 0
    d = odd ? ((d << 26) | (d >>> 6)) ^ c : ((d << 20) | (d >>> 12)) ^ c
    a = (a + d) | 0
    d = odd ? ((d << 11) | (d >>> 21)) ^ a : ((d << 17) | (d >>> 15)) ^ a
    c = (c + b) | 0
    b = odd ? ((b << 21) | (b >>> 11)) ^ c : ((b << 11) | (b >>> 21)) ^ c
    a = (a + b) | 0
    b = odd ? ((b << 13) | (b >>> 19)) ^ a : ((b << 25) | (b >>> 7)) ^ a
    c = (c + d) | 0
    d = odd ? ((d << 27) | (d >>> 5)) ^ c : ((d << 10) | (d >>> 22)) ^ c
    a = (a + d) | 0
    d = odd ? ((d << 23) | (d >>> 9)) ^ a : ((d << 18) | (d >>> 14)) ^ a
    c = (c + b) | 0
    b = odd ? ((b << 5) | (b >>> 27)) ^ c : ((b << 20) | (b >>> 12)) ^ c
    a = (a + in0) | 0
    b = (b + in1) | 0
    c = (c + in2) | 0
    d = (d + in3 + turn) | 0
    const first = in0
    in0 = in1
    in1 = in2
    in2 = in3
    in3 = in4
    in4 = first
  }
  out[at] = a
  out[at + 1] = b
  out[at + 2] = c
  out[at + 3] = d
}
