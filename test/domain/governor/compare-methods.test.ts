import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { compareMethods } from '../../../src/domain/governor/compare-methods.ts'
import type { BookInput, EdgeInput } from '../../../src/domain/inputs.ts'
import type { Profile } from '../../../src/domain/profile.ts'
import { METHODS } from '../../../src/domain/sizing/registry.ts'
import { only } from './one-rule.ts'
import {
  book,
  DISCRETIONARY,
  inputs,
  NOW,
  position,
  profileOf,
  rawProfile,
  reading,
  share,
  type Told,
} from '../../support/sizing-fixtures.ts'

function compare(told: Told = {}, held: Partial<BookInput> = {}, profile: Profile = DISCRETIONARY) {
  return compareMethods(() => inputs(told), valueBook(book(held)), profile)
}

const EDGE: EdgeInput = {
  scope: 'all trades',
  window: '30 days',
  from: NOW - 1,
  to: NOW,
  wins: 30,
  losses: 25,
  scratches: 0,
  meanWin: '100',
  meanLoss: '100',
  source: 'test',
}

describe('the comparison of methods', () => {
  it('has a row for every method, in the order of the picker, and says which is chosen', () => {
    const { rows, chosen } = compare()
    expect(rows.map(({ method }) => method)).toEqual(METHODS.map(({ id }) => id))
    expect(chosen).toBe('fixed_risk')
    expect(compare({ request: { method: 'fixed_qty' } }).chosen).toBe('fixed_qty')
  })

  it('shows the proposal, what brakes leave, what limits leave, and the lot', () => {
    const told = { account: { peakEquity: reading('105000') }, atr: reading('1.3') }
    const { rows } = compare({ ...told, request: { risk: '0.03' } })
    const row = rows.find(({ method }) => method === 'fixed_risk')
    // 3 % over 5 a share is 600; 5/105 below the peak of a limit of 20 % brakes to 1 − 0.2381/2; risk allows 400.
    expect(row).toMatchObject({ proposal: '600', afterCeilings: '400', quantity: '400', binding: 'risk_per_trade' })
    expect(Number(row?.afterBrakes)).toBeCloseTo(600 * (1 - (5 / 105) * 2.5), 6)
  })

  it('has every figure of the decision in a row', () => {
    const profile = only({ ceilings: { order_qty: { max: '150.5' } } })
    expect(compare({}, {}, profile).rows.find(({ method }) => method === 'fixed_risk')).toEqual({
      method: 'fixed_risk',
      title: 'Fixed risk at the stop',
      proposes: 'risk',
      decidedWith: 'fixed_risk',
      proposal: '200',
      afterBrakes: '200',
      afterCeilings: '150.5',
      quantity: '150',
      outcome: 'reduced',
      binding: 'order_qty',
      bindingTitle: 'Order quantity',
      riskAmount: '750',
      riskFraction: '0.0075',
      weight: '0.15',
      reasons: [
        { code: 'MAX_QTY', says: 'One order may be 150.5 units.' },
        { code: 'LOT_ROUNDING', says: 'Rounded down from 150.5 to the lot of 1.' },
      ],
      says: 'Buy 150 ACME, cut from 200 by MAX_QTY: One order may be 150.5 units.',
    })
  })

  it('stands without limits, and where nothing could be sized', () => {
    const free = compare({ request: { risk: '0.0201' } }, {}, only({})).rows.find(
      ({ method }) => method === 'fixed_risk',
    )
    expect(free).toMatchObject({ afterBrakes: '402', afterCeilings: '402', binding: null, bindingTitle: null })
    const { rows, chosen } = compare({ account: { equity: reading(null) } })
    expect(chosen).toBe('fixed_risk')
    for (const row of rows)
      expect(row).toMatchObject({ afterBrakes: '0', afterCeilings: '0', binding: 'resolve', bindingTitle: null })
  })

  it('gives the reason where a method proposes nothing', () => {
    const { rows } = compare({ edge: { ...EDGE, wins: 10, losses: 45 } })
    const kelly = rows.find(({ method }) => method === 'kelly_trades')
    expect(kelly).toMatchObject({ proposal: null, afterBrakes: '0', quantity: '0', outcome: 'rejected' })
    expect(kelly?.reasons[0]?.code).toBe('NO_EDGE')
    expect(rows.find(({ method }) => method === 'vol_target')?.reasons[0]).toMatchObject({
      field: 'request.volatility',
    })
  })

  it('leaves a typed quantity out: every row is the method of its name', () => {
    expect(compare({ request: { quantity: '7' } }).rows).toEqual(compare().rows)
  })

  it('tells where a tier puts another method in the place of Kelly', () => {
    const raw = rawProfile()
    const tiered = profileOf({ ...raw, general: { ...raw.general, kellyFromHunter: true } })
    const { rows } = compare({ equity: '3000', edge: EDGE }, {}, tiered)
    expect(rows.find(({ method }) => method === 'kelly_trades')?.decidedWith).toBe('fixed_fraction')
    expect(rows.find(({ method }) => method === 'fixed_risk')?.decidedWith).toBe('fixed_risk')
  })

  it('has no rows for an exit, which no method sizes', () => {
    const held = { positions: [position({ symbol: 'ACME', spec: share() })] }
    expect(compare({ request: { side: 'sell', stop: null } }, held)).toMatchObject({ rows: [], chosen: null })
  })
})
