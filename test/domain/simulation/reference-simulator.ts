/** What the reference measures of one path, on equity itself, one plain step after another. */
export interface ReferencePath {
  readonly equity: number
  readonly drawdown: number
  readonly lowest: number
  readonly underWater: number
  readonly losingStreak: number
  readonly curve: readonly number[]
}

/** Stakes a share of equity given what the path has been: peak and wins in a row. */
export type ReferenceStake = (equity: number, peak: number, wins: number) => number

/** Follows outcomes in R from an equity of 1; `stake` is money at risk. Slow, and as the textbook has it. */
export function referencePath(outcomes: readonly number[], stake: ReferenceStake): ReferencePath {
  const curve = [1]
  let wins = 0
  const losses: boolean[] = []
  for (const outcome of outcomes) {
    const equity = curve[curve.length - 1] ?? 0
    const next = Math.max(0, equity + (equity > 0 ? stake(equity, Math.max(...curve), wins) * outcome : 0))
    wins = next > equity ? wins + 1 : 0
    losses.push(next < equity)
    curve.push(next)
  }
  const peaks = curve.map((_, step) => Math.max(...curve.slice(0, step + 1)))
  const under = curve.map((equity, step) => equity < (peaks[step] ?? 0) * (1 - 1e-12))
  return {
    equity: curve[curve.length - 1] ?? 0,
    drawdown: Math.max(...curve.map((equity, step) => 1 - equity / (peaks[step] ?? 1))),
    lowest: Math.min(...curve),
    underWater: longestRun(under),
    losingStreak: longestRun(losses),
    curve,
  }
}

function longestRun(flags: readonly boolean[]): number {
  let longest = 0
  let run = 0
  for (const flag of flags) {
    run = flag ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
