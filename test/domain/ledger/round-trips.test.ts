import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dec, text, ZERO } from '../../../src/domain/kernel/money.ts'
import type { Fill } from '../../../src/domain/ledger/records.ts'
import { roundTrips, type RoundTripTerms } from '../../../src/domain/ledger/round-trips.ts'
import { exampleFill } from './example-fill.ts'

const DOLLARS: RoundTripTerms = { accountCurrency: 'USD', currency: 'USD', pointValue: '1', rate: () => undefined }
const sum = (decimals: readonly string[]): string => text(decimals.reduce((total, one) => total.plus(dec(one)), ZERO))

describe('a statement worked out by hand', () => {
  const fills = [
    exampleFill('1', { at: 1, side: 'buy', quantity: '100', price: '50', fee: '1', stop: '48' }),
    exampleFill('2', { at: 2, side: 'buy', quantity: '50', price: '52', fee: '1', stop: '49' }),
    exampleFill('3', { at: 3, side: 'sell', quantity: '120', price: '55', fee: '2.4' }),
    exampleFill('4', { at: 4, side: 'sell', quantity: '80', price: '51', fee: '0.8' }),
  ]
  const { trades, holdings } = roundTrips(fills, DOLLARS)

  it('matches first in, first out and splits fees by quantity', () => {
    expect(trades.map((trade) => [trade.tradeId, trade.quantity, trade.fees, trade.profit])).toEqual([
      ['1~3', '100', '3', '497'],
      ['2~3', '20', '0.8', '59.2'],
      ['2~4', '30', '0.9', '-30.9'],
    ])
  })

  it('measures each trade in R of its own entry', () => {
    expect(trades.map((trade) => trade.r)).toEqual(['2.485', '0.986666666666666667', '-0.343333333333333333'])
  })

  it('turns a fill larger than what is open into the other side', () => {
    expect(holdings).toEqual([
      {
        accountId: 'main',
        symbol: 'AAPL',
        strategy: null,
        quantity: '-50',
        averagePrice: '51',
        cost: '-2550',
        stop: null,
        openFees: '0.5',
        openedAt: 4,
      },
    ])
  })
})

describe('what a round trip is worth', () => {
  const future = { ...DOLLARS, pointValue: '50', accountCurrency: 'EUR' }
  const pair = (entry: Partial<Fill>, exit: Partial<Fill>): Fill[] => [
    exampleFill('1', { at: 1, quantity: '2', price: '4000', stop: '3990', ...entry }),
    exampleFill('2', { at: 2, side: 'sell', quantity: '2', price: '4010', ...exit }),
  ]
  const only = (fills: readonly Fill[], terms: RoundTripTerms) => roundTrips(fills, terms).trades[0]

  it('uses the point value, and the rate stated at the exit', () => {
    expect(only(pair({}, { fxRate: '0.9' }), future)).toMatchObject({ profit: '1000', accountProfit: '900', r: '1' })
  })

  it('looks a rate up where the source states none, and says null where none is known', () => {
    const known = {
      ...future,
      rate: (from: string, to: string) => (from === 'USD' && to === 'EUR' ? '0.8' : undefined),
    }
    expect(only(pair({}, {}), known)?.accountProfit).toBe('800')
    expect(only(pair({}, {}), future)?.accountProfit).toBeNull()
  })

  it('turns fees in the account currency back by the rate of their own fill', () => {
    const fees = { fee: '9', feeCurrency: 'EUR', fxRate: '0.9' }
    expect(only(pair(fees, fees), future)).toMatchObject({ fees: '20', profit: '980', accountProfit: '882' })
  })

  it('claims neither money nor R where a fee cannot be expressed', () => {
    const trade = only(pair({ fee: '0.01', feeCurrency: 'BNB' }, {}), DOLLARS)
    expect(trade).toMatchObject({ fees: '0', profit: '20', accountProfit: null, r: null })
  })

  it.each([null, '4000', '4001'])('knows no R for a long whose stop is %s', (stop) => {
    expect(only(pair({ stop }, {}), DOLLARS)?.r).toBeNull()
  })

  it('measures a short the other way round', () => {
    const short = pair({ side: 'sell', stop: '4005' }, { side: 'buy' })
    expect(only(short, DOLLARS)).toMatchObject({ side: 'short', profit: '-20', r: '-2' })
  })
})

describe('what is still open', () => {
  const open = (fills: Fill[]) => roundTrips(fills, DOLLARS).holdings

  it('has the stop nearest to the market, if every lot has one', () => {
    const lots = (side: 'buy' | 'sell', stops: (string | null)[]): Fill[] =>
      stops.map((stop, index) => exampleFill(String(index), { at: index, side, stop }))
    expect(open(lots('buy', ['40', '45', '42']))[0]?.stop).toBe('45')
    expect(open(lots('sell', ['60', '55', '58']))[0]?.stop).toBe('55')
    expect(open(lots('buy', ['40', null]))[0]?.stop).toBeNull()
  })

  it('keeps strategies apart', () => {
    const held = open([exampleFill('1', { strategy: 'trend' }), exampleFill('2', { side: 'sell', strategy: 'fade' })])
    expect(held.map((holding) => [holding.strategy, holding.quantity])).toEqual([
      ['fade', '-100'],
      ['trend', '100'],
    ])
  })

  it('refuses fills of two symbols as a bug', () => {
    expect(() => open([exampleFill('1'), exampleFill('2', { symbol: 'MSFT' })])).toThrow(/one account and symbol/)
  })
})

const anyFills = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 8 }),
      side: fc.constantFrom('buy' as const, 'sell' as const),
      quantity: fc.integer({ min: 1, max: 12 }).map(String),
      price: fc.integer({ min: 1, max: 500 }).map((cents) => text(dec(cents).times('0.25'))),
      fee: fc.integer({ min: 0, max: 300 }).map((cents) => text(dec(cents).times('0.01'))),
    }),
    { maxLength: 25 },
  )
  .map((rows) => rows.map((row, index) => exampleFill(String(index).padStart(3, '0'), row)))

describe('any sequence of fills', () => {
  it('agrees with an oracle that passes single units through a queue', () => {
    fc.assert(
      fc.property(anyFills, (fills) => {
        const { trades, holdings } = roundTrips(fills, DOLLARS)
        const oracle = unitByUnit(fills)
        expect(Object.fromEntries(trades.map((trade) => [trade.tradeId, Number(trade.quantity)]))).toEqual(oracle.pairs)
        expect(Number(holdings[0]?.quantity ?? 0)).toBe(oracle.open)
        expect(sum(trades.flatMap((trade) => [trade.profit, trade.fees]))).toBe(String(oracle.gross))
      }),
      { numRuns: 2_000 },
    )
  })

  it('accounts for every fee to the last digit', () => {
    fc.assert(
      fc.property(anyFills, (fills) => {
        const { trades, holdings } = roundTrips(fills, DOLLARS)
        const counted = [...trades.map((trade) => trade.fees), ...holdings.map((holding) => holding.openFees ?? 'none')]
        expect(sum(counted)).toBe(sum(fills.map((fill) => fill.fee)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('gives the same answer in whatever order they come', () => {
    fc.assert(
      fc.property(
        anyFills.chain((fills) =>
          fc.tuple(fc.constant(fills), fc.shuffledSubarray(fills, { minLength: fills.length })),
        ),
        ([fills, shuffled]) => {
          expect(roundTrips(shuffled, DOLLARS)).toEqual(roundTrips(fills, DOLLARS))
        },
      ),
    )
  })

  it('has closed by any instant what a shorter history has closed', () => {
    fc.assert(
      fc.property(anyFills, fc.integer({ min: 0, max: 8 }), (fills, until) => {
        const early = roundTrips(
          fills.filter((fill) => fill.at <= until),
          DOLLARS,
        )
        const late = roundTrips(fills, DOLLARS)
        expect(late.trades.filter((trade) => trade.exitAt <= until)).toEqual(early.trades)
      }),
    )
  })
})

/** Each unit on its own: slow, obvious, and in whole quarters of a dollar. */
function unitByUnit(fills: readonly Fill[]): { pairs: Record<string, number>; open: number; gross: number } {
  const queue: Fill[] = []
  const pairs: Record<string, number> = {}
  let quarters = 0
  for (const fill of fills.toSorted((a, b) => a.at - b.at || (a.fillId < b.fillId ? -1 : 1))) {
    for (let unit = 0; unit < Number(fill.quantity); unit++) {
      const entry = queue[0]
      if (entry === undefined || entry.side === fill.side) {
        queue.push(fill)
        continue
      }
      queue.shift()
      const id = `${entry.fillId}~${fill.fillId}`
      pairs[id] = (pairs[id] ?? 0) + 1
      quarters += (Number(fill.price) - Number(entry.price)) * 4 * (entry.side === 'buy' ? 1 : -1)
    }
  }
  const open = queue.length * (queue[0]?.side === 'sell' ? -1 : 1)
  return { pairs, open: open === 0 ? 0 : open, gross: quarters / 4 }
}
