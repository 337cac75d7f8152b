import type { RunResult } from '../../contract/simulation/result.ts'
import type { FinishedRun } from '../../domain/simulation/results/finished-run.ts'
import { QUANTILES } from '../../domain/simulation/results/summarise-run.ts'
import { DeskRefusal } from '../refusal.ts'
import type { ReadRun } from './read-run.ts'

/** What a run found, for the reader. */
export function runResult(
  read: Pick<ReadRun, 'startingEquity' | 'model' | 'staking'>,
  { plan, summary, histograms, digest }: FinishedRun,
  engine: string,
  milliseconds: number,
): RunResult {
  refuseBoundless([summary.growthPerTrade.value, summary.finalEquity.mean, summary.finalEquity.standardError])
  const { paths, trades, fan, convergence, ...findings } = summary
  const { endsBelowStart, ...bins } = histograms
  return {
    digest,
    engine,
    seed: plan.seed,
    paths,
    trades,
    startingEquity: read.startingEquity,
    milliseconds,
    model: read.model,
    staking: read.staking,
    shares: [...QUANTILES],
    ...mutable(findings),
    endsBelowStart,
    convergence: mutable(convergence),
    histograms: mutable(bins),
    fan: mutable(fan),
    recordId: null,
  }
}

/** Refuses what grew beyond the largest number there is: it is nothing that could be traded. */
export function refuseBoundless(measures: readonly number[]): void {
  if (measures.every(Number.isFinite)) return
  const says = 'Equity compounds beyond any number: stake less, or simulate fewer trades.'
  throw new DeskRefusal('INPUT_OUT_OF_RANGE', says, 'staking.fraction')
}

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T

/** The same value, for a contract whose lists are not readonly. */
export function mutable<T>(value: T): Mutable<T> {
  // Safe: whoever sends it changes nothing of it.
  return value as Mutable<T>
}
