import { describe, expect, it } from 'vitest'
import { convert } from '../../src/domain/fx.ts'
import { text } from '../../src/domain/kernel/money.ts'
import { codes, NOW, onlyRules, pair, rate, share, size } from '../support/sizing-fixtures.ts'

function told(from: string, to: string, rates: Parameters<typeof convert>[2]) {
  const found = convert(from, to, rates)
  return found.ok
    ? { rate: text(found.value.rate.toSignificantDigits(12)), path: found.value.path, at: found.value.at }
    : { code: found.error.code, field: found.error.field }
}

describe('converting a currency', () => {
  it('is 1 for the same currency and needs no rate', () => {
    expect(told('USD', 'USD', [])).toEqual({ rate: '1', path: 'same currency', at: null })
  })

  it('takes the pair itself, or its inverse', () => {
    expect(told('EUR', 'USD', [rate('EUR', 'USD', '1.1')])).toMatchObject({ rate: '1.1', path: 'EUR/USD' })
    expect(told('USD', 'EUR', [rate('EUR', 'USD', '1.25')])).toMatchObject({ rate: '0.8', path: 'EUR/USD inverted' })
  })

  it('crosses through one other currency and is as old as the older leg', () => {
    const rates = [rate('GBP', 'USD', '1.25', NOW - 500), rate('USD', 'JPY', '150', NOW - 9_000)]
    expect(told('GBP', 'JPY', rates)).toEqual({ rate: '187.5', path: 'GBP/USD × USD/JPY', at: NOW - 9_000 })
    expect(told('JPY', 'GBP', rates)).toMatchObject({ rate: '0.00533333333333' })
  })

  it('prefers the direct rate to a cross, the freshest cross to an older one, and then the alphabet', () => {
    const cross = [
      rate('GBP', 'USD', '1.25'),
      rate('USD', 'JPY', '150'),
      rate('GBP', 'EUR', '1.2'),
      rate('EUR', 'JPY', '160'),
    ]
    expect(told('GBP', 'JPY', [...cross, rate('GBP', 'JPY', '190', NOW - 99_000)])).toMatchObject({ rate: '190' })
    expect(told('GBP', 'JPY', cross)).toMatchObject({ rate: '192', path: 'GBP/EUR × EUR/JPY' })
    const older = cross.map((quote) => (quote.from === 'EUR' ? { ...quote, at: NOW - 1 } : quote))
    expect(told('GBP', 'JPY', older)).toMatchObject({ rate: '187.5' })
  })

  it('takes the freshest of several quotes of a pair', () => {
    const rates = [
      rate('EUR', 'USD', '1.1', NOW - 10),
      rate('USD', 'EUR', '0.8', NOW),
      rate('EUR', 'USD', '1.2', NOW - 5),
    ]
    expect(told('EUR', 'USD', rates)).toMatchObject({ rate: '1.25', at: NOW })
  })

  it('fails without a path, and never assumes 1', () => {
    expect(told('EUR', 'JPY', [rate('EUR', 'USD', '1.1')])).toEqual({ code: 'FX_PATH_MISSING', field: 'rates.EURJPY' })
    expect(
      told('EUR', 'JPY', [rate('EUR', 'USD', '1.1'), rate('USD', 'CHF', '0.9'), rate('CHF', 'JPY', '170')]),
    ).toMatchObject({ code: 'FX_PATH_MISSING' })
  })

  it('refuses a broken rate by its name', () => {
    expect(told('EUR', 'USD', [rate('EUR', 'USD', '0')])).toEqual({ code: 'INPUT_OUT_OF_RANGE', field: 'rates.EURUSD' })
  })
})

describe('a decision in another currency', () => {
  const FREE = onlyRules({})
  const euro = share({ currency: 'EUR' })

  it('converts loss and value', () => {
    const decision = size({ instrument: euro }, { rates: [rate('EUR', 'USD', '1.25')] }, FREE)
    expect([decision.quantity, decision.riskAmount, decision.notional]).toEqual(['160', '1000', '20000'])
  })

  it.each([
    ['missing', [], 'FX_PATH_MISSING rates.EURUSD'],
    ['stale', [rate('EUR', 'USD', '1.25', NOW - 3 * 86_400_000)], 'QUOTE_STALE rates.EURUSD'],
    ['of the future', [rate('EUR', 'USD', '1.25', NOW + 60_000)], 'CLOCK_ANOMALY rates.EURUSD'],
  ])('is zero where the rate is %s', (_, rates, reason) => {
    expect(codes(size({ instrument: euro }, { rates }, FREE))).toEqual([reason])
  })

  it('needs no rate where the pair itself prices the account’s money, and converts the loss at the stop', () => {
    const account = { account: { currency: 'EUR' } }
    const decision = size(
      { ...account, instrument: pair('EURUSD'), request: { entry: '1.25', stop: '1' } },
      { currency: 'EUR' },
      FREE,
    )
    // 0.25 USD a unit lost, worth 0.25 EUR at the stop, not 0.20 as at the entry.
    expect([decision.quantity, decision.riskAmount]).toEqual(['0.04', '1000'])
  })

  it('refuses a book that is valued in another currency than the account', () => {
    expect(codes(size({}, { currency: 'EUR' }))).toContain('UNIT_MISMATCH account.currency')
  })
})
