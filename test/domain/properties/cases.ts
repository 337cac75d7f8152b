import fc from 'fast-check'
import { expect } from 'vitest'
import { SEED } from '../../support/arbitraries-profile.ts'

/** Cases of the everyday run over all property tests of this folder; `BALLAST_CASES` asks for more. */
export const EVERYDAY = 100_000

const asked = Number(process.env['BALLAST_CASES'] ?? EVERYDAY)

/** Share of all cases that one property runs, from its share of the everyday run. */
export function casesOf(everyday: number): number {
  return Math.max(everyday, Math.ceil((everyday * asked) / EVERYDAY))
}

/** Checks a property over exactly its cases and fails when fewer were looked at; prints what they were. */
export function holds<T>(everyday: number, arbitrary: fc.Arbitrary<T>, property: (drawn: T) => string): void {
  const cases = casesOf(everyday)
  const seen = new Map<string, number>()
  let looked = 0
  fc.assert(
    fc.property(arbitrary, (drawn) => {
      const kind = property(drawn)
      seen.set(kind, (seen.get(kind) ?? 0) + 1)
      looked += 1
    }),
    { numRuns: cases, seed: SEED, endOnFailure: true },
  )
  expect(looked).toBe(cases)
  console.info(
    `${expect.getState().currentTestName ?? ''}: ${looked} cases, seed ${SEED}: ${[...seen].map(([kind, count]) => `${kind} ${count}`).join(', ')}`,
  )
}

/** Fails the case unless `condition` holds; the sentence is only built then, so that many cases stay cheap. */
export function must(condition: boolean, says: () => string): asserts condition {
  if (!condition) throw new Error(says())
}
