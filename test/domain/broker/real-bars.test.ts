import { describe, expect, it } from 'vitest'
import { ReplaySchedule } from '../../../src/domain/feed/replay-schedule.ts'
import type { InstrumentSpec } from '../../../src/domain/inputs.ts'
import type { Bar } from '../../../src/domain/ledger/records.ts'
import { readFile } from '../../importers/reading.ts'
import { hasSharedData, onRealFiles, sharedBytes } from '../../importers/shared-data.ts'
import { pair, share } from '../../support/sizing-fixtures.ts'
import { PaperRoom } from './paper-room.ts'

const FILES: readonly [string, InstrumentSpec, number][] = [
  ['equity_usa_daily_aapl.zip', share({ symbol: 'AAPL', tickSize: '0.0001' }), 0.02],
  ['forex_oanda_daily_eurusd.zip', pair('EURUSD', { tickSize: '0.000001' }), 0.004],
]

interface Ended {
  readonly at: number
  readonly price: number
  readonly by: 'stop' | 'target'
}

/** What a stop and a target make of bars, by the rule alone: a gap is filled at the open, a stop before a target. */
function oracle(bars: readonly Bar[], long: boolean, stop: number, target: number): Ended | null {
  for (const bar of bars) {
    const [open, high, low] = [Number(bar.open), Number(bar.high), Number(bar.low)]
    const worse = (price: number): boolean => (long ? price <= stop : price >= stop)
    const better = (price: number): boolean => (long ? price >= target : price <= target)
    if (worse(open)) return { at: bar.at, price: open, by: 'stop' }
    if (better(open)) return { at: bar.at, price: open, by: 'target' }
    if (worse(long ? low : high)) return { at: bar.at, price: stop, by: 'stop' }
    if (better(long ? high : low)) return { at: bar.at, price: target, by: 'target' }
  }
  return null
}

describe.skipIf(!hasSharedData)(onRealFiles('brackets on real bars'), () => {
  it.each(FILES)('%s: each ends where the rule says', async (name, spec, width) => {
    const reading = await readFile(name, sharedBytes(`lean/${name}`))
    const bars = reading.bars.map(({ bar }) => bar).slice(-1_200)
    const ends = { stop: 0, target: 0, gap: 0 }
    for (let from = 0; from + 60 < bars.length; from += 15) {
      const long = (from / 15) % 2 === 0
      const entry = Number(bars[from]?.close)
      const away = (part: number): string => (entry * (1 + (long ? part : -part))).toFixed(4)
      const [stop, target] = [away(-width), away(2 * width)]
      const days = bars.slice(from + 1, from + 60)
      const ended = replay(spec, days, entry, long, stop, target)
      const said = oracle(days, long, Number(stop), Number(target))
      expect(ended, `from bar ${from}`).toEqual(said)
      if (said === null) continue
      ends[said.by] += 1
      if (said.price !== Number(said.by === 'stop' ? stop : target)) ends.gap += 1
    }
    console.info(`${name}: ${JSON.stringify(ends)}`)
    // The currency pair trades on through the night: only the share gaps.
    const least = { stop: 10, target: 10, gap: spec.assetClass === 'fx' ? 0 : 3 }
    for (const kind of ['stop', 'target', 'gap'] as const) expect(ends[kind]).toBeGreaterThanOrEqual(least[kind])
  })
})

function replay(
  spec: InstrumentSpec,
  bars: readonly Bar[],
  entry: number,
  long: boolean,
  stop: string,
  target: string,
): Ended | null {
  const room = new PaperRoom({ margin: false }, [spec])
  const { symbol } = spec
  const price = entry.toFixed(4)
  room.quote(price, price, { symbol })
  room.submit({ symbol, side: long ? 'buy' : 'sell', quantity: '1', protect: { stop, target }, reference: price })
  room.events.length = 0
  const schedule = new ReplaySchedule({
    bars,
    quotes: [],
    termsOf: () => ({ tickSize: spec.tickSize, spread: '0' }),
    orderOf: (one) => room.broker.orderOfExtremes(one),
    source: 'replay',
  })
  for (let quote = schedule.take(); quote !== undefined; quote = schedule.take()) {
    room.take(room.broker.quote(quote))
    const fill = room.events.find(({ kind }) => kind === 'fill')
    if (fill?.kind !== 'fill') continue
    expect(room.held).toBe('')
    const bar = bars.findLast(({ at }) => at <= fill.at)
    return { at: bar?.at ?? 0, price: Number(fill.price), by: fill.clientId.endsWith('stop') ? 'stop' : 'target' }
  }
  return null
}
