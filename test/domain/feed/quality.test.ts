import { describe, expect, it } from 'vitest'
import type { Quote } from '../../../src/domain/feed/quote.ts'
import { readQuote } from '../../../src/domain/feed/quote.ts'
import {
  judgeQuote,
  usableQuote,
  watchQuotes,
  type QualityRules,
  type QuoteWatch,
} from '../../../src/domain/feed/quote-quality.ts'
import { Dice, historyCount } from '../../support/history-count.ts'

const RULES: QualityRules = {
  maxAge: 5_000,
  outlier: 0.05,
  confirm: { needed: 3, among: 5 },
  freshAgain: 2,
  frozenAfter: 60_000,
  belowZero: false,
}
const START = Date.UTC(2026, 10, 16, 15)

function quote(middle: number, at: number, changes: Partial<Quote> = {}): Quote {
  const bid = (middle - 0.01).toFixed(2)
  const ask = (middle + 0.01).toFixed(2)
  return {
    symbol: 'ACME',
    bid,
    ask,
    bidSize: null,
    askSize: null,
    last: null,
    at,
    source: 'test',
    continues: false,
    ...changes,
  }
}

class Market {
  watch: QuoteWatch = watchQuotes('ACME')
  now = START
  readonly rules: QualityRules

  constructor(rules: Partial<QualityRules> = {}) {
    this.rules = { ...RULES, ...rules }
  }

  send(middle: number, changes: Partial<Quote> = {}): this {
    this.now += 1_000
    const look = { wall: this.now, mono: this.now - START }
    this.watch = judgeQuote(this.watch, quote(middle, this.now, changes), look, this.rules)
    return this
  }

  /** The code of the refusal, or the price that may be used. */
  get says(): string {
    const used = usableQuote(this.watch, { wall: this.now, mono: this.now - START }, this.rules)
    return used.ok ? used.value.bid : used.error.code
  }
}

describe('a quote', () => {
  it('is used after exactly as many good ones as the rules ask for', () => {
    const market = new Market({ freshAgain: 3 })
    expect(market.says).toBe('INPUT_MISSING')
    expect([100, 100.01, 100.02].map((price) => market.send(price).says)).toEqual([
      'QUOTE_STALE',
      'QUOTE_STALE',
      '100.01',
    ])
  })

  it('goes stale by its stamp and by the time since it came', () => {
    const market = new Market().send(100).send(100.01)
    market.now += 5_000
    expect(market.says).toBe('100.00')
    market.now += 1
    expect(market.says).toBe('QUOTE_STALE')
    expect(market.send(100.02).says).toBe('QUOTE_STALE')
    expect(market.send(100.03).says).toBe('100.02')
    expect(market.send(100.04, { at: market.now - 6_000 }).says).toBe('100.02')
  })

  it('that was old when it came is never used', () => {
    const market = new Market()
    for (let time = 0; time < 5; time += 1) market.send(100, { at: market.now - 10_000 })
    expect(market.says).toBe('QUOTE_STALE')
  })

  it.each<[string, Partial<Quote>, string]>([
    ['crossed', { bid: '101', ask: '100' }, 'QUOTE_CROSSED'],
    ['zero', { bid: '0', ask: '0.01' }, 'INPUT_OUT_OF_RANGE'],
    ['below zero', { bid: '-1', ask: '1' }, 'INPUT_OUT_OF_RANGE'],
    ['from the future', { at: START + 1e9 }, 'CLOCK_ANOMALY'],
    ['no number', { bid: 'NaN' }, 'INPUT_NOT_FINITE'],
  ])('that is %s is refused by name and recovers after two good ones', (_, changes, code) => {
    const market = new Market().send(100).send(100.01)
    expect(market.send(100, changes).says).toBe(code)
    expect(market.send(100.02).says).toBe('QUOTE_STALE')
    expect(market.send(100.03).says).toBe('100.02')
  })

  it('below zero is good where the instrument allows it', () => {
    const market = new Market({ belowZero: true }).send(-37.6).send(-37.7)
    expect(market.says).toBe('-37.71')
  })

  it('ten times the price never sizes; three that agree are the new price', () => {
    const market = new Market().send(100).send(100.01)
    expect(market.send(1_000).says).toBe('QUOTE_OUTLIER')
    expect(market.watch.good?.middle).toBeCloseTo(100.01)
    expect(market.send(100.02).says).toBe('QUOTE_STALE')
    expect(market.send(100.03).says).toBe('100.02')
    const codes = [120, 90, 120.1, 120.2, 120.3].map((price) => market.send(price).says)
    expect(codes).toEqual(['QUOTE_OUTLIER', 'QUOTE_OUTLIER', 'QUOTE_OUTLIER', 'QUOTE_STALE', '120.29'])
  })

  it('that keeps coming without a change is frozen', () => {
    const market = new Market()
    for (let second = 0; second < 61; second += 1) market.send(100)
    expect(market.says).toBe('99.99')
    expect(market.send(100).says).toBe('QUOTE_STALE')
    expect(market.watch.fault?.says).toContain('has not changed')
    expect(market.send(100.01).send(100.02).says).toBe('100.01')
  })

  it('that comes late is passed over', () => {
    const market = new Market().send(100).send(100.01)
    expect(market.send(99, { at: market.now - 2_000 }).says).toBe('100.00')
  })
})

describe('a quote somebody else wrote', () => {
  const good = { symbol: 'ACME', bid: '1.5', ask: '1.6', at: START }
  it('is read', () => {
    expect(readQuote(good, 'local')).toEqual({
      ok: true,
      value: { ...good, bidSize: null, askSize: null, last: null, source: 'local', continues: false },
    })
  })

  it.each<[unknown, string]>([
    [null, 'quote'],
    [[], 'quote'],
    ['x', 'quote'],
    [{ ...good, symbol: '' }, 'quote.symbol'],
    [{ ...good, bid: 1.5 }, 'quote.bid'],
    [{ ...good, ask: '1,5' }, 'quote.ask'],
    [{ ...good, ask: undefined }, 'quote.ask'],
    [{ ...good, askSize: '-1' }, 'quote.askSize'],
    [{ ...good, at: '2026-01-01' }, 'quote.at'],
    [{ ...good, at: 1.5 }, 'quote.at'],
    [{ ...good, prices: 1 }, 'quote'],
  ])('is refused by its member: %j', (value, field) => {
    expect(readQuote(value, 'local')).toMatchObject({ ok: false, error: { field } })
  })
})

it(
  'over random histories no size rests on a price that is old, crossed, unconfirmed or out of reach',
  { timeout: 3_600_000 },
  () => {
    const histories = historyCount(500)
    const seen: Record<string, number> = {}
    for (let history = 0; history < histories; history += 1) {
      const dice = new Dice(history)
      const market = new Market({ freshAgain: 1 + dice.below(3) })
      market.send(100)
      let goodInRow = 1
      let lastGood = market.now
      let price = 100
      for (let turn = 0; turn < 60; turn += 1) {
        const kind = dice.pick(['good', 'good', 'good', 'good', 'crossed', 'outlier', 'future', 'old', 'pause', 'zero'])
        if (kind === 'pause') market.now += dice.below(20_000)
        else {
          price = Math.max(1, price + (dice.below(101) - 50) / 100)
          const before = market.now
          const changes: Readonly<Record<string, Partial<Quote>>> = {
            crossed: { bid: '101', ask: '99' },
            future: { at: before + 60_000 },
            old: { at: before - 6_000 },
            zero: { bid: '0', ask: '0' },
          }
          // No two outliers agree.
          market.send(kind === 'outlier' ? price * 10 * 1.5 ** turn : price, changes[kind] ?? {})
          if (kind === 'good') {
            goodInRow = market.now - lastGood > 5_000 ? 1 : goodInRow + 1
            lastGood = market.now
          } else if (kind !== 'old' || market.now - 7_000 >= lastGood) goodInRow = 0
        }
        const { says } = market
        seen[says.includes('.') ? 'used' : says] = (seen[says.includes('.') ? 'used' : says] ?? 0) + 1
        const allowed = goodInRow >= market.rules.freshAgain && market.now - lastGood <= 5_000
        expect(says.includes('.'), `${kind} ${says}`).toBe(allowed)
      }
    }
    console.info(`${histories} histories: ${JSON.stringify(seen)}`)
    for (const code of ['used', 'QUOTE_STALE', 'QUOTE_CROSSED', 'QUOTE_OUTLIER'])
      expect(seen[code]).toBeGreaterThan(100)
  },
)
