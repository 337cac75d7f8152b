import type { EdgeView } from '../../contract/edge.ts'
import { moneyText, multipleText, numberText, percentText } from '../format/number-text.ts'

/** One line of the statistics: a name, its figure, and its interval or what it rests on. */
export interface StatisticRow {
  readonly name: string
  readonly value: string
  readonly aside: string
}

const UNKNOWN = '–'

/** The statistics of closed trades as lines; a figure that is not defined is a dash, never a made-up number. */
export function statisticsRows(edge: EdgeView): readonly StatisticRow[] {
  const money = (value: string | null, signed = false): string =>
    value === null ? UNKNOWN : moneyText(value, edge.currency, signed)
  const percent = (value: string | null, places = 1): string => (value === null ? UNKNOWN : percentText(value, places))
  const plain = (value: string | null): string => (value === null ? UNKNOWN : numberText(value, { places: 2 }))
  const multiple = (value: string | null): string => (value === null ? UNKNOWN : multipleText(value))
  const between = (low: string | null, high: string | null, of: (value: string | null) => string): string =>
    low === null && high === null ? '' : `${of(low).replace(/ %$/, '')} to ${of(high)}`
  const noted = (level: string, span: string): string => (span === '' ? '' : `${level}: ${span}`)
  return [
    { name: 'Net profit', value: money(edge.net, true), aside: `fees ${money(edge.fees)}` },
    {
      name: 'Win rate',
      value: percent(edge.winRate),
      aside: noted('95 %', between(edge.winRateLow, edge.winRateHigh, percent)),
    },
    {
      name: 'Payoff',
      value: plain(edge.payoff),
      aside: noted('90 %', between(edge.payoffLow, edge.payoffHigh, plain)),
    },
    { name: 'Mean win, loss', value: `${money(edge.meanWin)}, ${money(edge.meanLoss)}`, aside: '' },
    { name: 'Median win, loss', value: `${money(edge.medianWin)}, ${money(edge.medianLoss)}`, aside: '' },
    { name: 'Profit factor', value: plain(edge.profitFactor), aside: '' },
    {
      name: 'Expectancy',
      value: money(edge.expectancy, true),
      aside: edge.deviation === null ? '' : `± ${money(edge.deviation)} a trade`,
    },
    {
      name: 'Expectancy in R',
      value: multiple(edge.expectancyR),
      aside: noted('95 %', between(edge.expectancyRLow, edge.expectancyRHigh, plain)),
    },
    { name: 't of the expectancy', value: plain(edge.tStatistic), aside: '' },
    {
      name: 'Longest losing streak',
      value: numberText(String(edge.longestLosingStreak)),
      aside: edge.scratches === 0 ? '' : `${edge.scratches} scratches apart`,
    },
    {
      name: 'Kelly, at the stop',
      value: percent(edge.kelly, 2),
      aside: noted('90 %', between(edge.kellyLow, edge.kellyHigh, percent)),
    },
    { name: 'Trades still needed', value: neededText(edge), aside: 'to exclude zero' },
  ]
}

function neededText({ tradesNeeded, kelly }: EdgeView): string {
  if (tradesNeeded !== null) return numberText(String(tradesNeeded))
  return kelly === null ? UNKNOWN : 'no edge to show'
}
