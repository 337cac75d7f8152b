/**
 * Growth-optimal stake of a bet won with probability `p` at odds `b` and lost otherwise: f* = p − (1 − p)/b, the share
 * of equity to lose when it loses. Negative without an edge (Kelly 1956). `p` in [0, 1], `b` > 0.
 */
export function kellyBinary(p: number, b: number): number {
  return p - (1 - p) / b
}
