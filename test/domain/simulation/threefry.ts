/** Four 32-bit words. */
export type Words = readonly [number, number, number, number]

const PARITY = 0x1bd11bda
// Rotations of two mixing rounds each; Salmon, Moraes, Dror and Shaw (2011), table 4x32.
const ROTATIONS = [
  [10, 26],
  [11, 21],
  [13, 27],
  [23, 5],
  [6, 20],
  [17, 11],
  [25, 10],
  [18, 20],
] as const

/** The readable form of what seeds every path: writes the Threefry-4x32-20 block of a key and a counter as four signed 32-bit words into `out[at..at+3]`. */
export function threefry(key: Words, counter: Words, out: Int32Array, at = 0): void {
  const keys = [...key, PARITY ^ key[0] ^ key[1] ^ key[2] ^ key[3]]
  const word = (index: number): number => keys[index % 5] ?? 0
  let a = (counter[0] + word(0)) | 0
  let b = (counter[1] + word(1)) | 0
  let c = (counter[2] + word(2)) | 0
  let d = (counter[3] + word(3)) | 0
  for (let round = 0; round < 20; round++) {
    const [first, second] = ROTATIONS[round % 8] ?? [0, 0]
    if (round % 2 === 0) {
      a = (a + b) | 0
      b = rotate(b, first) ^ a
      c = (c + d) | 0
      d = rotate(d, second) ^ c
    } else {
      a = (a + d) | 0
      d = rotate(d, first) ^ a
      c = (c + b) | 0
      b = rotate(b, second) ^ c
    }
    if (round % 4 !== 3) continue
    const turn = (round + 1) / 4
    a = (a + word(turn)) | 0
    b = (b + word(turn + 1)) | 0
    c = (c + word(turn + 2)) | 0
    d = (d + word(turn + 3) + turn) | 0
  }
  out[at] = a
  out[at + 1] = b
  out[at + 2] = c
  out[at + 3] = d
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
