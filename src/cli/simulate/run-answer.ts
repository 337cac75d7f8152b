import type { Chance, RunResult, Spread } from '../../contract/simulation/result.ts'
import { table } from '../table.ts'

/** A finished run as the document of the command line; equity in the unit of the starting equity. */
export function runDocument(run: RunResult): object {
  const start = Number(run.startingEquity)
  const spread = (of: Spread | null, unit = 1): object | null =>
    of === null
      ? null
      : {
          mean: of.mean * unit,
          se: of.standardError * unit,
          quantiles: Object.fromEntries(run.shares.map((share, index) => [share, (of.quantiles[index] ?? 0) * unit])),
        }
  const { value, low, high } = run.growthPerTrade
  return {
    digest: run.digest,
    finalEquity: spread(run.finalEquity, start),
    growthPerTrade: value,
    growthInterval: { low, high },
    maxDrawdown: spread(run.maxDrawdown),
    ruin: run.ruin,
    floorTouched: run.floorTouched,
    trailingFloorTouched: run.trailingFloorTouched,
    targetFirst: run.targetFirst,
    limitFirst: run.limitFirst,
    losingStreak: spread(run.losingStreak),
    timeUnderWater: spread(run.timeUnderWater),
    endsBelowStart: run.endsBelowStart,
    valueAtRisk: run.valueAtRisk,
    expectedShortfall: run.expectedShortfall,
    quantileError: run.quantileError,
    convergence: {
      enough: run.convergence.enough,
      pathsNeeded: run.convergence.pathsNeeded,
      says: run.convergence.says,
    },
    engine: run.engine,
    milliseconds: run.milliseconds,
    seed: run.seed,
    paths: run.paths,
    trades: run.trades,
    startingEquity: run.startingEquity,
    model: run.model,
    staking: run.staking,
    ...(run.recordId === null ? {} : { recordId: run.recordId }),
  }
}

/** A finished run for people. */
export function runText(run: RunResult): string {
  const start = Number(run.startingEquity)
  const at = (of: Spread, share: number): number => of.quantiles[run.shares.indexOf(share)] ?? Number.NaN
  const row = (title: string, of: Spread, say: (value: number) => string): string[] => [
    title,
    ...[0.05, 0.25, 0.5, 0.75, 0.95].map((share) => say(at(of, share))),
    say(of.mean),
  ]
  const money = (value: number): string => (value * start).toPrecision(5)
  const rows = [
    row('Final equity', run.finalEquity, money),
    row('Maximum drawdown', run.maxDrawdown, share),
    ...(run.losingStreak === null ? [] : [row('Losing streak', run.losingStreak, whole)]),
    ...(run.timeUnderWater === null ? [] : [row('Time under water', run.timeUnderWater, whole)]),
  ]
  const right = { align: 'right' } as const
  const heads = ['5 %', '25 %', 'median', '75 %', '95 %', 'mean'].map((head) => ({ head, ...right }))
  const { value, low, high } = run.growthPerTrade
  const chances: [string, Chance | null][] = [
    ['Ruin', run.ruin],
    ['Target first', run.targetFirst],
    ['Limit first', run.limitFirst],
    ['Ends below the start', run.endsBelowStart],
  ]
  return [
    `${run.model.says} ${run.staking.says}`,
    `${run.paths.toLocaleString('en')} paths of ${run.trades.toLocaleString('en')}, seed ${run.seed}, ${run.engine}, ${run.milliseconds} ms`,
    '',
    table([{ head: '' }, ...heads], rows),
    '',
    `  Growth a trade ${share(value)} (95 %: ${share(low)} to ${share(high)})`,
    ...chances.flatMap(([title, chance]) => (chance === null ? [] : [`  ${title} ${chanceText(chance)}`])),
    `  Expected shortfall at 5 % ${share(run.expectedShortfall)} of the start`,
    '',
    run.convergence.says,
    `Digest ${run.digest}`,
  ].join('\n')
}

/** A chance with its interval. */
export function chanceText({ probability, low, high }: Chance): string {
  return `${share(probability)} (95 %: ${share(low)} to ${share(high)})`
}

/** A share as per cent with four figures. */
export function share(value: number): string {
  return `${Number((value * 100).toPrecision(4))} %`
}

function whole(value: number): string {
  return String(Math.round(value * 10) / 10)
}
