import { numberText, percentText } from '../format/number-text.ts'
import { dateText } from '../format/time-text.ts'
import type { Axis, Tick } from './plot-scene.ts'

const DAY = 86_400_000
const STEPS = [1, 2, 2.5, 5, 10]

/** A share on an axis as per cent, with a digit after the point only where it needs one. */
export function shareTick(value: number): string {
  const percent = Math.abs(value * 100)
  return percentText(value, Math.abs(percent - Math.round(percent)) < 1e-6 ? 0 : 1)
}

/** An amount on an axis, with as few digits as it needs. */
export const amountTick = (value: number): string => numberText(value, { mostPlaces: 4 })

/** An axis over values with round ticks, from just below the least to just above the most of them. */
export function valueAxis(
  values: readonly (number | null)[],
  label: (value: number) => string,
  { withZero = false, count = 5 }: { readonly withZero?: boolean; readonly count?: number } = {},
): Axis {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value))
  const all = withZero || known.length === 0 ? [...known, 0] : known
  const least = all.reduce((low, value) => Math.min(low, value), Infinity)
  const most = all.reduce((high, value) => Math.max(high, value), -Infinity)
  const spread = most - least
  // Values that hardly differ get a scale of their own size: nothing is divided by a range of zero.
  const range = spread > (Math.abs(most) + 1) * 1e-9 ? spread : Math.max(Math.abs(most), 1)
  const step = roundStep(range / count)
  const from = Math.floor(least / step) * step
  const to = Math.max(Math.ceil(most / step) * step, from + step)
  return { from, to, ticks: ticksBetween(from, to, step).map((at) => ({ at, label: label(at) })) }
}

/** The same over values above zero, on a logarithmic scale; `undefined` where one of them is not. */
export function logAxis(values: readonly number[], label: (value: number) => string): Axis | undefined {
  if (values.length === 0 || values.some((value) => !(value > 0))) return undefined
  const { from, to, ticks } = valueAxis(values, label)
  const least = values.reduce((low, value) => Math.min(low, value), Infinity)
  return { from: from > 0 ? from : least, to, ticks: ticks.filter(({ at }) => at > 0), log: true }
}

/** An axis over instants, its ticks on first days of months where there is room for months, else on days. */
export function timeAxis(at: readonly number[], zone: string, count = 5): Axis {
  const from = at[0] ?? 0
  const to = Math.max(at.at(-1) ?? 1, from + 1)
  const months = monthStarts(from, to)
  const ticks: Tick[] =
    months.length >= 3
      ? everyNth(months, count).map((start) => ({ at: start, label: dateText(start, 'UTC').slice(0, 7) }))
      : dayTicks(from, to, zone, count)
  return { from, to, ticks }
}

/** An axis over whole numbers from 1. */
export function countAxis(from: number, to: number, label: (value: number) => string): Axis {
  const step = Math.max(1, roundStep((to - from) / 5))
  const ticks = ticksBetween(Math.ceil(from / step) * step, to, step).map((at) => ({ at, label: label(at) }))
  return { from, to: Math.max(to, from + 1), ticks }
}

/** The place of the value nearest to another among values in rising order; `undefined` where there is none. */
export function nearestIndex(values: readonly number[], wanted: number): number | undefined {
  if (values.length === 0) return undefined
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  const before = Math.max(0, low - 1)
  return Math.abs((values[before] ?? 0) - wanted) <= Math.abs((values[low] ?? 0) - wanted) ? before : low
}

function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return (STEPS.find((step) => step * power >= value * (1 - 1e-9)) ?? 10) * power
}

function ticksBetween(from: number, to: number, step: number): number[] {
  const count = Math.max(0, Math.round((to - from) / step))
  // Rounded to the step's own digits, so that 0.1 + 0.2 is a tick of 0.3.
  return Array.from({ length: count + 1 }, (_, i) => Number((from + i * step).toPrecision(12))).filter(
    (at) => at <= to + step * 1e-9,
  )
}

function monthStarts(from: number, to: number): number[] {
  const first = new Date(from)
  const starts: number[] = []
  for (let month = first.getUTCMonth() + 1; ; month++) {
    const start = Date.UTC(first.getUTCFullYear(), month, 1)
    if (start > to) return starts
    starts.push(start)
  }
}

function dayTicks(from: number, to: number, zone: string, count: number): Tick[] {
  const days = Math.max(1, Math.ceil((to - from) / DAY / count))
  const ticks: Tick[] = []
  for (let at = from; at <= to; at += days * DAY) ticks.push({ at, label: dateText(at, zone).slice(5) })
  return ticks
}

function everyNth<T>(items: readonly T[], most: number): T[] {
  const step = Math.ceil(items.length / most)
  return items.filter((_, index) => index % step === 0)
}
