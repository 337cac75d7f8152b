import fc from 'fast-check'
import { expect } from 'vitest'
import { SEED } from '../../support/arbitraries-profile.ts'

/** Cases of each property in the everyday run; `BALLAST_CASES` asks for more of all together. */
export const CASES = {
  budgets: 28_000,
  largerBudget: 6_000,
  tighterLimit: 7_000,
  widerStop: 7_000,
  accountUnit: 3_000,
  priceUnit: 3_000,
  quantityUnit: 3_000,
  typedQuantity: 4_000,
  shuffledCeilings: 8_000,
  shuffledProfile: 2_000,
  replay: 5_000,
  exits: 18_400,
  flips: 2_000,
  everyBudget: 600,
  everyLimit: 1_200,
  everyStop: 400,
  everyWorking: 600,
  everyAccountUnit: 300,
  everyPriceUnit: 300,
  everyQuantityUnit: 300,
  everyShuffle: 350,
  everyProfile: 150,
} as const

/** Cases of all properties together in the everyday run. */
export const EVERYDAY = Object.values(CASES).reduce((sum, cases) => sum + cases, 0)

const asked = Number(process.env['BALLAST_CASES'] ?? EVERYDAY)

/** Checks a property over exactly its cases and fails when fewer were looked at; prints what they were. */
export function holds<T>(name: keyof typeof CASES, arbitrary: fc.Arbitrary<T>, property: (drawn: T) => string): void {
  const cases = Math.max(CASES[name], Math.ceil((CASES[name] * asked) / EVERYDAY))
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
