import type { DailyCloses } from '../../domain/market/aligned-returns.ts'
import { readSensors, type SensorsRead } from '../../domain/regime/read-sensors.ts'
import type { MarketView } from '../../domain/regime/sensor.ts'
import type { BookReader } from '../ports.ts'
import { dailyCloses } from './daily-closes.ts'
import type { MarketTasks, SensorMoment, SensorsWanted } from './ports.ts'

/** Periods that the widest sensor looks back on: a year and 30 days of volatility; 300 returns. */
const LONGEST = 400
const DAY_MS = 86_400_000

/** Reads all sensors at an instant from the daily bars complete then. */
export function sensorsNow(book: BookReader, wanted: SensorsWanted): SensorsRead {
  return readSensors(viewer(book, wanted, LONGEST)(wanted.at))
}

/** Reads sensors at instants of the past, oldest first, each from the daily bars that were complete then. */
export function sensorHistory(
  book: BookReader,
  wanted: SensorsWanted,
  instants: MarketTasks['history']['task']['instants'],
): readonly SensorMoment[] {
  const earliest = instants[0]?.at ?? wanted.at
  const viewAt = viewer(book, wanted, LONGEST + Math.ceil((wanted.at - earliest) / DAY_MS))
  return instants.map(({ at, ids }) => ({
    at,
    readings: readSensors(viewAt(at), {}, ids).readings.map(({ id, value, multiplier, abstains }) => ({
      id,
      reading: value,
      multiplier,
      abstains,
    })),
  }))
}

function viewer(book: BookReader, wanted: SensorsWanted, periods: number): (now: number) => MarketView {
  const { symbol, regime, closeMaxAge } = wanted
  const market = dailyCloses(book, wanted.market, wanted.at, periods)
  const own =
    symbol === null
      ? null
      : (market.find((one) => one.symbol === symbol) ?? dailyCloses(book, [symbol], wanted.at, periods)[0] ?? null)
  return (now) => ({
    now,
    own: own === null ? null : upTo(own, now),
    market: market.map((closes) => upTo(closes, now)).filter(({ close }) => close.length > 1),
    // What was set by hand since then was not known then.
    regime: regime?.at != null && regime.at > now ? null : regime,
    closeMaxAge,
  })
}

function upTo(closes: DailyCloses, now: number): DailyCloses {
  const at = Array.from(closes.at)
  const end = at.findIndex((start) => start + DAY_MS > now)
  return end < 0 ? closes : { ...closes, at: at.slice(0, end), close: Array.from(closes.close).slice(0, end) }
}
