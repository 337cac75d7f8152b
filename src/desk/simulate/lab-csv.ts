import type { LabAsset, LabMarket } from '../../domain/simulation/lab/lab-market.ts'
import { standardDeviation } from '../../domain/stats/moments.ts'
import { DeskRefusal } from '../refusal.ts'
import { figure } from './read-figures.ts'

/** Days a volatility is measured over where the file gives none, and fewest it takes. */
const WINDOW = 20
const FEWEST = 5
const REQUIRED = ['date', 'symbol', 'forecast', 'return'] as const
const DAY_MS = 86_400_000
/** Days from one row to the next that a file of trading days has at most on average: every other one may be missing. */
const SPARSEST = 3

interface Row {
  readonly line: number
  readonly forecast: number
  readonly earned: number
  readonly volatility: number | undefined
}

/**
 * Forecasts and returns of a file: a head line and a line per day and symbol, parted by commas, semicolons or tabs. A
 * volatility that is not given is measured on the days before, so the first days only serve that. Refuses by line.
 */
export function readForecasts(text: string): { readonly market: LabMarket; readonly says: string } {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\uFEFF/, ''))
  const head = lines[0] ?? ''
  const mark = ['\t', ';', ','].find((each) => head.includes(each)) ?? ','
  const columns = head.split(mark).map((name) => name.trim().toLowerCase())
  const place = (name: string): number => columns.indexOf(name)
  const absent = REQUIRED.filter((name) => place(name) < 0)
  if (absent.length > 0) {
    const says = `The file lacks the columns ${absent.join(', ')}: its first line must name date, symbol, forecast and return.`
    throw new DeskRefusal('INPUT_MISSING', says, 'on.text')
  }
  const kinds = new Map<string, LabAsset['kind']>()
  const byDay = new Map<string, Map<string, Row>>()
  for (const [index, whole] of lines.entries()) {
    if (index === 0 || whole.trim() === '') continue
    const line = index + 1
    const cells = whole.split(mark).map((cell) => cell.trim())
    const cell = (name: string): string => cells[place(name)] ?? ''
    const number = (name: string): number => figure(cell(name), `line ${line}, ${name}`, { from: -1000, to: 1000 })
    const [date, symbol] = [cell('date'), cell('symbol')]
    if (date === '' || symbol === '') refuse(`Line ${line} lacks its ${date === '' ? 'date' : 'symbol'}.`)
    if (!isDay(date)) refuse(`Line ${line}: «${date}» is no day; write it as 2026-01-31, so that days have one order.`)
    const day = byDay.get(date) ?? new Map<string, Row>()
    if (day.has(symbol)) refuse(`Line ${line} gives ${symbol} on ${date} a second time.`)
    const earned = number('return')
    if (earned < -1)
      refuse(`Line ${line}: a return of ${earned} loses more than everything; returns are simple, −0.02 is −2 %.`)
    const given = place('volatility') >= 0 && cell('volatility') !== '' ? number('volatility') : undefined
    if (given !== undefined && given <= 0) refuse(`Line ${line}: a volatility of ${given} must be above 0.`)
    day.set(symbol, { line, forecast: number('forecast'), earned, volatility: given })
    byDay.set(date, day)
    const kind = kindOf(cell('kind'), line)
    if ((kinds.get(symbol) ?? kind) !== kind) refuse(`Line ${line}: ${symbol} is ${kind} here, and not before.`)
    kinds.set(symbol, kind)
  }
  return marketOf(
    [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)),
    kinds,
  )
}

function marketOf(
  days: readonly (readonly [string, ReadonlyMap<string, Row>])[],
  kinds: ReadonlyMap<string, LabAsset['kind']>,
): { readonly market: LabMarket; readonly says: string } {
  const assets = [...kinds].map(([symbol, kind]) => ({ symbol, kind }))
  const rows = days.map(([date, day]) =>
    assets.map(({ symbol }) => {
      const row = day.get(symbol)
      return row ?? refuse(`${symbol} has no line on ${date}: every day needs every symbol.`)
    }),
  )
  const measured = rows.map((row, day) =>
    row.map(({ volatility }, asset) => volatility ?? deviationBefore(rows, day, asset)),
  )
  const first = measured.findIndex((row) => row.every((value) => value !== undefined))
  const left = first < 0 ? 0 : rows.length - first
  if (left < 2) {
    const says = `The file leaves ${left} days to compare on; at least 2 are needed${first < 0 ? ', and a volatility or days before to measure it on' : ''}.`
    throw new DeskRefusal('INPUT_MISSING', says, 'on.text')
  }
  const kept = rows.slice(first)
  const years = yearsOf(days.slice(first).map(([date]) => date))
  const crypto = assets.every(({ kind }) => kind === 'crypto')
  const waited = first > 0 ? ` The first ${first} days only served to measure volatility.` : ''
  return {
    market: {
      assets,
      periodsPerYear: crypto ? 365 : 252,
      years,
      returns: kept.map((row) => row.map(({ earned }) => earned)),
      forecasts: kept.map((row) => row.map(({ forecast }) => forecast)),
      volatilities: measured.slice(first).map((row) => row.map((value) => value ?? Number.NaN)),
    },
    says: `${kept.length} days of ${assets.length} symbols, ${days[first]?.[0] ?? ''} to ${days.at(-1)?.[0] ?? ''}.${waited}`,
  }
}

/** Calendar years that days span, each of them counted with the way to the next; refuses weeks and months. */
function yearsOf(days: readonly string[]): number {
  const step = (Date.parse(days.at(-1) ?? '') - Date.parse(days[0] ?? '')) / DAY_MS / (days.length - 1)
  if (step > SPARSEST)
    refuse(
      `The rows are ${step.toFixed(1)} days apart on average; give a row for every trading day, not for weeks or months.`,
    )
  return (step * days.length) / 365.25
}

function isDay(date: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN
  // 31 February is no day, though some clocks read it as one of March.
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(date)
}

function kindOf(word: string, line: number): LabAsset['kind'] {
  const kind = word.toLowerCase()
  if (kind === '' || kind === 'equity') return 'equity'
  return kind === 'crypto' ? kind : refuse(`Line ${line}: kind is «${word}»; it must be equity or crypto.`)
}

/** Standard deviation of the returns before a day; `undefined` where there are too few, or none moved. */
function deviationBefore(rows: readonly (readonly Row[])[], day: number, asset: number): number | undefined {
  const before = rows.slice(Math.max(0, day - WINDOW), day).map((row) => row[asset]?.earned ?? 0)
  const deviation = before.length < FEWEST ? 0 : standardDeviation(before)
  return deviation > 0 ? deviation : undefined
}

function refuse(says: string): never {
  throw new DeskRefusal('INPUT_MALFORMED', says, 'on.text')
}
