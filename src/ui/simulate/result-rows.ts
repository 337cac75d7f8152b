import type { Chance, RunResult } from '../../contract/simulation/result.ts'
import { numberText, percentText } from '../format/number-text.ts'
import { ratioText } from './fan-scene.ts'
import { chanceText, quantileOf } from './simulate-words.ts'

/** One finding of both policies; the asides are 95 % intervals or standard errors. */
export interface ResultRow {
  readonly id: string
  readonly name: string
  readonly a: string
  readonly aAside: string
  readonly b: string
  readonly bAside: string
}

type Cell = readonly [figure: string, aside: string]
const NONE: Cell = ['–', '']

/** Every finding of a run, A beside B. */
export function resultRows(a: RunResult, b: RunResult | undefined): readonly ResultRow[] {
  const row = (id: string, name: string, of: (run: RunResult) => Cell): ResultRow => {
    const [first, second] = [of(a), b === undefined ? NONE : of(b)]
    return { id, name, a: first[0], aAside: first[1], b: second[0], bAside: second[1] }
  }
  const steps = a.model.outcomes === 'r' ? 'trades' : 'steps'
  return [
    row('ruin', 'P(ruin)', ({ ruin }) => chanceCell(ruin)),
    row('goal', a.limitFirst === null ? 'P(goal)' : 'P(goal before ruin)', ({ targetFirst }) =>
      chanceCell(targetFirst),
    ),
    row('below', 'P(end below start)', ({ endsBelowStart }) => chanceCell(endsBelowStart)),
    row(
      'growth',
      a.model.outcomes === 'r' ? 'Growth a trade' : 'Growth a step',
      ({ growthPerTrade: { value, low, high } }) => [percentText(value, 3, true), `${plain(low, 3)}–${plain(high, 3)}`],
    ),
    row('median', 'Median final', (run) => [times(quantileOf(run, 'finalEquity', 0.5)), '']),
    row('mean', 'Mean final', ({ finalEquity: { mean, standardError } }) => [
      times(mean),
      `± ${numberText(standardError, { places: 3 })}`,
    ]),
    row('worst', '5 % worst final', (run) => [times(quantileOf(run, 'finalEquity', 0.05)), '']),
    row('shortfall', 'Shortfall, worst 5 %', ({ expectedShortfall: loss }) => [
      loss > 0 ? percentText(loss, 1) : 'no loss',
      '',
    ]),
    row('drawdown', 'Median drawdown', (run) => [share(quantileOf(run, 'maxDrawdown', 0.5)), '']),
    row('deep', '5 % worst drawdown', (run) => [share(quantileOf(run, 'maxDrawdown', 0.95)), '']),
    row('streak', 'Losing streak', (run) => counted(run, 'losingStreak', '')),
    row('water', 'Under water', (run) => counted(run, 'timeUnderWater', ` ${steps}`)),
  ]
}

/** The same as rows of a file. */
export function resultCsvRows(a: RunResult, b: RunResult | undefined): readonly (readonly string[])[] {
  const head = ['Finding', 'A', 'A, 95 % interval', ...(b === undefined ? [] : ['B', 'B, 95 % interval'])]
  return [
    head,
    ...resultRows(a, b).map((row) => [row.name, row.a, row.aAside, ...(b === undefined ? [] : [row.b, row.bAside])]),
    ['Digest', a.digest, '', ...(b === undefined ? [] : [b.digest, ''])],
    ['Seed', String(a.seed), '', ...(b === undefined ? [] : [String(b.seed), ''])],
  ]
}

const plain = (value: number, places: number): string => numberText(value * 100, { places })
const times = (value: number | undefined): string => (value === undefined ? '–' : `× ${ratioText(value)}`)
const share = (value: number | undefined): string => (value === undefined ? '–' : percentText(value, 1))

function chanceCell(chance: Chance | null): Cell {
  if (chance === null) return NONE
  return [chanceText(chance.probability), `${plain(chance.low, 1)}–${plain(chance.high, 1)}`]
}

function counted(run: RunResult, of: 'losingStreak' | 'timeUnderWater', unit: string): Cell {
  const [median, high] = [quantileOf(run, of, 0.5), quantileOf(run, of, 0.95)]
  if (median === undefined || high === undefined) return NONE
  return [`${numberText(median, { mostPlaces: 0 })}${unit}`, `95 %: ${numberText(high, { mostPlaces: 0 })}`]
}
