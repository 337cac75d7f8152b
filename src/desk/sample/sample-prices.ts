import type { Bar } from '../../domain/ledger/records.ts'
import { newYorkInstant, weekdayOf } from './new-york-time.ts'
import type { SampleInstrument } from './sample-instruments.ts'
import { SeededDice } from './seeded-dice.ts'

/** One day of an instrument, prices in whole ticks. */
export interface SampleDay {
  /** Calendar day in New York, as days since 1970. */
  readonly day: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number | null
}

/** `count` days of invented prices up to and including `lastDay`; crypto trades at weekends, the others do not. */
export function samplePrices(instrument: SampleInstrument, seed: number, lastDay: number, count: number): SampleDay[] {
  const dice = new SeededDice(seed)
  const { dailyMove, drift, startTicks, volume } = instrument
  const days = tradingDays(instrument.spec.calendar === 'crypto', lastDay, count)
  let last = startTicks
  let unrest = 1
  return days.map((day) => {
    const throwOfDay = dice.deviate()
    // Quiet days follow quiet ones: unrest forgets slowly.
    unrest = Math.min(2.5, 0.92 * unrest + 0.1 * Math.abs(throwOfDay))
    const move = dailyMove * unrest
    const open = Math.max(1, Math.round(last * (1 + 0.25 * move * dice.deviate())))
    const close = Math.max(1, Math.round(last * (1 + drift + move * throwOfDay)))
    const high = Math.max(open, close) + Math.round(last * move * 0.45 * Math.abs(dice.deviate()))
    const low = Math.max(1, Math.min(open, close) - Math.round(last * move * 0.45 * Math.abs(dice.deviate())))
    last = close
    const traded = volume === null ? null : Math.round(volume * (0.6 + 0.5 * unrest * dice.next()))
    return { day, open, high, low, close, volume: traded }
  })
}

/** A day as a stored bar; it starts at midnight in New York. */
export function barOf({ spec }: SampleInstrument, { day, open, high, low, close, volume }: SampleDay): Bar {
  const price = (ticks: number): string => priceText(spec.tickSize, ticks)
  return {
    symbol: spec.symbol,
    interval: '1d',
    at: newYorkInstant(day, 0),
    open: price(open),
    high: price(high),
    low: price(low),
    close: price(close),
    volume: volume === null ? null : String(volume),
  }
}

/** A price of whole ticks as decimal text with the tick's own digits. */
export function priceText(tickSize: string, ticks: number): string {
  const digits = tickSize.split('.')[1]?.length ?? 0
  const scaled = String(ticks * Math.round(Number(tickSize) * 10 ** digits)).padStart(digits + 1, '0')
  return digits === 0 ? scaled : `${scaled.slice(0, -digits)}.${scaled.slice(-digits)}`
}

function tradingDays(everyDay: boolean, lastDay: number, count: number): number[] {
  const days: number[] = []
  for (let day = lastDay; days.length < count; day--) {
    const weekday = weekdayOf(day)
    if (everyDay || (weekday !== 0 && weekday !== 6)) days.push(day)
  }
  return days.reverse()
}
