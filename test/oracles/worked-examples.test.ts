import { describe, expect, it } from 'vitest'
import type { InstrumentSpec } from '../../src/domain/inputs.ts'
import { future, onlyRules, pair, rate, reading, share, size, type Told } from '../support/sizing-fixtures.ts'
import oracle from './sizing-worked-examples.json' with { type: 'json' }

/** Sized by the risk alone: no ceiling stands beside the example's own figures. */
const FREE = onlyRules({})
const decimal = (value: number): string => value.toFixed(12).replace(/\.?0+$/, '')

function sized(spec: InstrumentSpec, told: Told, rates: Parameters<typeof size>[1] = {}) {
  return size({ ...told, instrument: spec }, rates, FREE)
}

describe('forex examples', () => {
  const [euro, audnzd, dollar, gbpjpy, mini, gold] = oracle.forex

  it(`${euro?.name ?? ''}: a lot risks 339.60 EUR; the loss is converted at the stop, so ours is 0.34 % more`, () => {
    const { price = 0, stop_pips = 0 } = euro?.inputs ?? {}
    const stop = price - stop_pips / 10_000
    const decision = sized(
      pair('EURUSD'),
      {
        equity: '1000',
        request: { entry: decimal(price), stop: decimal(stop), quantity: '1' },
        account: { currency: 'EUR' },
      },
      { currency: 'EUR' },
    )
    const atEntry = euro?.recomputed.risk_eur ?? 0
    expect(Number(decision.riskAmount)).toBeCloseTo((atEntry * price) / stop, 6)
    expect(Number(decision.riskAmount)).toBeGreaterThan(atEntry)
  })

  it(`${audnzd?.name ?? ''}: 0.43 lots through the cross rate`, () => {
    const decision = sized(
      pair('AUDNZD'),
      { equity: '10000', request: { entry: '1.08', stop: '1.075', risk: '0.01' }, account: { currency: 'GBP' } },
      { currency: 'GBP', rates: [rate('GBP', 'NZD', String(audnzd?.inputs.GBPNZD))] },
    )
    expect(Number(decision.quantity)).toBe(audnzd?.recomputed.lots_floor_0_01)
    expect(Number(decision.proposed)).toBeCloseTo(audnzd?.recomputed.lots ?? 0, 9)
  })

  it(`${dollar?.name ?? ''}: 0.4 lots`, () => {
    const decision = sized(pair('EURUSD'), { equity: '10000', request: { entry: '1.1', stop: '1.0975', risk: '0.01' } })
    expect(Number(decision.quantity)).toBe(dollar?.recomputed.lots)
  })

  it(`${gbpjpy?.name ?? ''}: 1.26748 USD a pip`, () => {
    const { GBPJPY = 0, GBPUSD = 0 } = gbpjpy?.inputs ?? {}
    const rates = [rate('GBP', 'JPY', String(GBPJPY)), rate('GBP', 'USD', String(GBPUSD))]
    const decision = sized(
      pair('GBPJPY'),
      { equity: '100000', request: { entry: '123', stop: '122.99', quantity: '0.1' } },
      { rates },
    )
    expect(Number(decision.riskAmount)).toBeCloseTo(gbpjpy?.recomputed.pip_value_usd ?? 0, 9)
  })

  it(`${mini?.name ?? ''}: 0.25 USD a pip is 2,500 units`, () => {
    const units = pair('EURUSD', { pointValue: '1', lotStep: '1', minQuantity: '1' })
    const decision = sized(units, { equity: '25', request: { entry: '1.1', stop: '1.0999', risk: '0.01' } })
    expect(Number(decision.quantity)).toBe(mini?.recomputed.units)
  })

  it(`${gold?.name ?? ''}: 0.1 lots of 100 oz, a pip of 0.1`, () => {
    const ounces = share({
      symbol: 'XAUUSD',
      assetClass: 'cfd',
      pointValue: '100',
      lotStep: '0.01',
      minQuantity: '0.01',
    })
    const decision = sized(ounces, { equity: '1000', request: { entry: '2000', stop: '1999', risk: '0.01' } })
    expect(Number(decision.quantity)).toBe(gold?.recomputed.lots)
  })

  it.each(oracle.accountCurrencyIsBase)(
    'an account in the base currency: the loss at the stop makes it $stop_price_conversion_lots lots, not $naive_lots',
    ({ balance_eur, risk_pct, entry, stop, stop_price_conversion_lots, naive_lots }) => {
      const told = {
        equity: String(balance_eur),
        request: { entry: String(entry), stop: String(stop), risk: String(risk_pct / 100) },
        account: { currency: 'EUR' },
      }
      const decision = sized(pair('EURUSD', { lotStep: '0.001', minQuantity: '0.001' }), told, { currency: 'EUR' })
      expect(Number(decision.quantity)).toBe(stop_price_conversion_lots)
      expect(Number(decision.quantity)).toBeLessThan(naive_lots)
    },
  )
})

describe('futures examples', () => {
  const tickOf: Readonly<Record<string, string>> = { ES: '0.25', NQ: '0.25', '6E': '0.00005' }

  it.each(oracle.futuresSizing)(
    '$symbol: $contracts contracts, $raw before rounding',
    ({ symbol, balance, risk_pct, stop_points, point_value, raw, contracts }) => {
      const entry = symbol === '6E' ? 1.1 : 5_000
      const decision = sized(future(symbol, tickOf[symbol] ?? '', String(point_value)), {
        equity: String(balance),
        request: { entry: decimal(entry), stop: decimal(entry - stop_points), risk: decimal(risk_pct / 100) },
      })
      expect([Number(decision.quantity), Number(decision.proposed)]).toEqual([contracts, raw])
    },
  )

  it.each(oracle.futuresSpecs)(
    '$symbol: a tick of $tickSize at $pointValue a point is worth $tickValue: $consistent',
    ({ symbol, pointValue, tickSize, tickValue, consistent }) => {
      const spec = future(symbol, decimal(tickSize), String(pointValue), { tickValue: String(tickValue) })
      const entry = tickSize * 20_000
      const decision = sized(spec, {
        equity: '100000000',
        request: { entry: decimal(entry), stop: decimal(entry - tickSize * 40), quantity: '1' },
      })
      const mismatch = decision.reasons.find(({ code }) => code === 'SPEC_MISMATCH')
      expect([decision.quantity, mismatch?.field]).toEqual(
        consistent ? ['1', undefined] : ['0', 'instrument.tickValue'],
      )
    },
  )

  it('6J: the contract of 12,500,000 yen passes where the table’s 125,000 was caught', () => {
    const row = oracle.futuresSpecs.find(({ symbol }) => symbol === '6J')
    expect(row?.multiplier).toBe(12_500_000)
    const spec = future('6J', decimal(row?.tickSize ?? 0), String(row?.multiplier), {
      tickValue: String(row?.tickValue),
    })
    expect(
      sized(spec, { equity: '1000000', request: { entry: '0.0067', stop: '0.0066', quantity: '1' } }).quantity,
    ).toBe('1')
  })
})

describe('the ATR engine', () => {
  it.each(oracle.atrEngine)(
    'equity $equity, ATR $atr, lot $lot: $qty_equity shares, $qty_fno units of the contract',
    ({ equity, max_risk_pct, atr_mult, atr, lot, raw, qty_equity, qty_fno }) => {
      const profile = onlyRules({
        method: 'fixed_risk_atr',
        methods: { fixed_risk_atr: { risk: max_risk_pct, multiple: atr_mult, period: 14 } },
      })
      const ask = (spec: InstrumentSpec) =>
        size(
          {
            instrument: spec,
            equity: String(equity),
            atr: reading(String(atr)),
            request: { entry: '5000', stop: undefined },
          },
          {},
          profile,
        )
      const shares = ask(share({ tickSize: '0.05' }))
      expect([Number(shares.quantity), Number(shares.proposed)]).toEqual([qty_equity, Number(raw.toFixed(12))])
      const contract = ask(future('NIFTY', '0.05', '1', { lotStep: String(lot), minQuantity: String(lot) }))
      expect(Number(contract.quantity)).toBe(qty_fno)
    },
  )

  it('two lots of 25 are 50 units: the lot is a step of the quantity, not its unit', () => {
    const profile = onlyRules({ method: 'fixed_risk_atr' })
    const contract = future('BANKNIFTY', '0.05', '1', { lotStep: '25', minQuantity: '25' })
    const decision = size(
      { instrument: contract, equity: '500000', atr: reading('50'), request: { entry: '5000', stop: undefined } },
      {},
      profile,
    )
    expect([decision.quantity, decision.riskAmount, decision.stop]).toEqual(['50', '5000', '4900'])
  })
})

describe('the commission-aware position sizer', () => {
  it.each(oracle.earnforex)(
    'balance $balance, risk $risk_pct %, stop $sl, commission $commission: $lots lots, $raw before rounding',
    (row) => {
      const spec = pair('EURUSD', {
        tickSize: '0.00001',
        tickValue: String(row.tick_value),
        commissionPerUnit: String(row.commission),
        lotStep: String(row.step),
        minQuantity: String(row.min_lot),
        maxQuantity: String(row.max_lot),
      })
      const profile = onlyRules({ ceilings: { order_qty: { max: 1_000_000 } } })
      const decision = size(
        {
          instrument: spec,
          equity: String(row.balance),
          request: { entry: '1.1', stop: decimal(1.1 - row.sl), risk: decimal(row.risk_pct / 100) },
        },
        {},
        profile,
      )
      expect(Number(decision.quantity)).toBe(row.lots)
      expect(Number(decision.proposed)).toBeCloseTo(row.raw, 9)
    },
  )
})
