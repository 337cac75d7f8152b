import type { SourceView } from '../../contract/simulation/kept.ts'
import type { RunResult, StakingView } from '../../contract/simulation/result.ts'
import { numberText, percentText } from '../format/number-text.ts'
import { dateText } from '../format/time-text.ts'

/** A policy in a few words: `Share of Kelly, 5.2 %`. */
export const policyText = ({ fraction, title }: StakingView): string => `${title} ${percentText(fraction)}`

/** A share of paths: exact per cent, and «< 0.1 %» where it is that rare but seen. */
export function chanceText(probability: number): string {
  if (probability > 0 && probability < 0.001) return '< 0.1 %'
  return percentText(probability, 1)
}

/** What the numbers of a chart are of: n, period, paths, seed. */
export function captionOf(run: RunResult, source: SourceView | undefined, zone: string): string {
  const { model, paths, seed, trades } = run
  const whole = (value: number): string => numberText(String(value))
  const span =
    source?.from == null || source.to == null ? '' : `, ${dateText(source.from, zone)} to ${dateText(source.to, zone)}`
  const of = model.kind === 'bootstrap' ? `n = ${whole(model.count)}${span}; ` : ''
  return `${of}${whole(paths)} paths of ${whole(trades)} ${model.outcomes === 'r' ? 'trades' : 'steps'}, seed ${seed}`
}

/** One of a run's quantiles by its share. */
export function quantileOf(
  run: RunResult,
  of: 'finalEquity' | 'maxDrawdown' | 'timeUnderWater' | 'losingStreak',
  share: number,
): number | undefined {
  const at = run.shares.findIndex((known) => Math.abs(known - share) < 1e-9)
  return run[of]?.quantiles[at]
}
