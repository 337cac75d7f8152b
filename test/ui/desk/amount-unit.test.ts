import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountText, canShow, leverageText, type AmountBase } from '../../../src/ui/desk/amount-unit.ts'

const base: AmountBase = { currency: 'USD', equity: '103420', risk: '0.005' }

describe('amounts on the desk', () => {
  it('shows one amount in money, per cent of equity and R', () => {
    expect(amountText('1551.30', 'money', base)).toBe('1,551.30')
    expect(amountText('1551.30', 'percent', base)).toBe('1.50 %')
    expect(amountText('1551.30', 'multiple', base)).toBe('3.00 R')
    expect(amountText('-517.10', 'multiple', base, { signed: true })).toBe('−1.00 R')
  })

  it('shows a share of equity in all three too', () => {
    expect(amountText('0.02', 'percent', base, { givenIn: 'fraction' })).toBe('2.00 %')
    expect(amountText('0.02', 'money', base, { givenIn: 'fraction' })).toBe('2,068.40')
    expect(amountText('0.02', 'multiple', base, { givenIn: 'fraction' })).toBe('4.00 R')
  })

  it('leaves quantities as they are', () => {
    expect(amountText('1250', 'percent', base, { givenIn: 'quantity' })).toBe('1,250')
  })

  it('offers no unit whose worth is not known', () => {
    expect(canShow('percent', { ...base, equity: undefined })).toBe(false)
    expect(canShow('percent', { ...base, equity: '0' })).toBe(false)
    expect(canShow('multiple', { ...base, risk: undefined })).toBe(false)
    expect(canShow('money', { currency: 'USD', equity: undefined, risk: undefined })).toBe(true)
    expect(leverageText('100', { ...base, equity: '-5' })).toBeUndefined()
  })

  it('keeps every digit of large amounts', () => {
    expect(amountText('9007199254740993.01', 'money', base)).toBe('9,007,199,254,740,993.01')
    expect(leverageText('128240.80', base)).toBe('1.24×')
  })

  it('gives the equity itself as 100 %, whatever it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), (cents) => {
        const equity = `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
        return amountText(equity, 'percent', { ...base, equity }) === '100.00 %'
      }),
    )
  })
})
