import type { PathMeasures } from './path-measures.ts'

/** Lower-case hexadecimal SHA-256 of bytes, given by whoever has one. */
export type Sha256 = (bytes: Uint8Array) => string

/** Paths per leaf of a run's digest. */
export const LEAF_PATHS = 4096

/** One digest per 4,096 paths in their order, over the bytes of everything measured; `measures` begins at a leaf. */
export function leafDigests(measures: PathMeasures, sha256: Sha256): string[] {
  const paths = measures.logEquity.length
  return Array.from({ length: Math.ceil(paths / LEAF_PATHS) }, (_, leaf) => {
    const from = leaf * LEAF_PATHS
    const to = Math.min(from + LEAF_PATHS, paths)
    const { logEquity, logDepth, logLowest, underWater, losingStreak, firstReached } = measures
    const columns = [logEquity, logDepth, logLowest, underWater, losingStreak, firstReached].map((column) => {
      const part = column.subarray(from, to)
      return new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
    })
    return sha256(joined(columns))
  })
}

/** The digest of a whole run: SHA-256 over its leaves' digests as text, in order of paths. */
export function runDigest(leaves: readonly string[], sha256: Sha256): string {
  return sha256(Uint8Array.from(leaves.join(''), (character) => character.charCodeAt(0)))
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
