import { packMatrix } from '../../../src/contract/matrix-codec.ts'
import type { StudyView } from '../../../src/contract/portfolio/study.ts'

/** A study of instruments named A, B, C … whose correlation of i and j is what `rho` says; `leftOut` could not be studied. */
export function aStudy(
  n: number,
  rho: (i: number, j: number) => number,
  more: Partial<StudyView> & { readonly names?: readonly string[] } = {},
): StudyView {
  const { names, ...rest } = more
  const symbols =
    names ?? Array.from({ length: n }, (_, i) => `${String.fromCharCode(65 + (i % 26))}${i < 26 ? '' : i}`)
  const full = (of: (i: number, j: number) => number): string =>
    packMatrix(
      Float64Array.from({ length: n * n }, (_, at) => of(Math.floor(at / n), at % n)),
      n,
    )
  return {
    at: Date.UTC(2026, 9, 29),
    age: 72_000_000,
    lookback: 60,
    periods: 60,
    from: '2026-08-06',
    to: '2026-10-29',
    interval: '1d',
    halfLife: 20,
    effective: 45,
    leastCommon: 60,
    symbols: [...symbols],
    leftOut: [],
    assets: [],
    missing: [],
    missingPairs: 0,
    raw: full(rho),
    shrunk: full((i, j) => rho(i, j) / 2),
    denoised: full((i, j) => rho(i, j) / 4),
    low: full((i, j) => rho(i, j) - 0.1),
    high: full((i, j) => rho(i, j) + 0.1),
    counts: full(() => 60),
    repair: 0,
    shrinkage: { intensity: 0.5, meanCorrelation: 0.1 },
    order: symbols.map((_, i) => i),
    merges: [],
    eigenvalues: symbols.map((_, i) => n - i),
    noise: { low: 0.5, high: 1.5 },
    signals: 1,
    absorption: { ratio: 0.5, components: 1 },
    notes: [],
    says: '',
    ...rest,
  }
}

/** Lets the matrices be opened without a pause. */
export const atOnce = (): Promise<void> => Promise.resolve()
