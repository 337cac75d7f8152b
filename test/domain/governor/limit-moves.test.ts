import { describe, expect, it } from 'vitest'
import { valueBook } from '../../../src/domain/book.ts'
import { limitsInTheWay, type LimitMoves } from '../../../src/domain/governor/invert-limits.ts'
import type { BookInput } from '../../../src/domain/inputs.ts'
import { dec } from '../../../src/domain/kernel/money.ts'
import { book, inputs, position, reading, share, type Told } from '../../support/sizing-fixtures.ts'
import { correlations, only } from './one-rule.ts'

const moves = (
  quantity: string,
  ceilings: Record<string, unknown>,
  told: Told = {},
  held: Partial<BookInput> = {},
): LimitMoves => limitsInTheWay(inputs(told), valueBook(book(held)), only({ ceilings }), dec(quantity))

describe('a limit that must move', () => {
  it('in money says from what to what, and the smallest setting on its grid that is enough', () => {
    const { moves: found, then, enough } = moves('300', { single_asset: { max: '0.2' }, kelly_cap: { max: '0.5' } })
    expect(found).toEqual([
      {
        rule: 'single_asset',
        title: 'Single asset',
        code: 'SINGLE_ASSET',
        unit: 'money',
        allows: '200',
        limit: '20000',
        needed: '30000',
        more: '10000',
        setting: { path: 'ceilings.single_asset.max', title: 'Most in one asset', from: '0.2', to: '0.3' },
        says: 'Single asset allows 200: 20,000.00 USD would have to be 30,000.00 USD, 10,000.00 USD more, for 300.',
      },
    ])
    expect([then.quantity, enough]).toEqual(['300', true])
  })

  it('in units moves by cents of a unit', () => {
    expect(moves('301', { order_qty: { max: '300.5' } }).moves).toMatchObject([
      {
        unit: 'quantity',
        allows: '300',
        needed: '301',
        more: '0.5',
        setting: { path: 'ceilings.order_qty.max', from: '300.5', to: '301' },
        says: 'Order quantity allows 300: 300.5 would have to be 301, 0.5 more, for 301.',
      },
    ])
  })

  it('as a share says it in per cent', () => {
    const study = correlations({ ACME: 0.2 }, {})
    const [move] = moves('800', { portfolio_vol: { max: '0.15' } }, study).moves
    expect(move).toMatchObject({
      unit: 'fraction',
      limit: '0.15',
      needed: '0.16',
      more: '0.01',
      says: 'Portfolio volatility allows 749: 15.00 % would have to be 16.00 %, 1.00 % more, for 800.',
    })
    expect(Number(move?.setting?.to)).toBeCloseTo(0.1601, 6)
  })

  it('takes the first setting that alone is enough, a number without a unit by hundredths', () => {
    const ceilings = { gross_exposure: { maxExposure: '0.8', maxLeverage: '2' } }
    // 160,000 allows 1,600; twice the leverage at 80 % of it, or all of it at twice.
    expect(moves('1800', ceilings).moves[0]?.setting).toEqual({
      path: 'ceilings.gross_exposure.maxExposure',
      title: 'Most exposure',
      from: '0.8',
      to: '0.9',
    })
    expect(moves('2401', ceilings).moves[0]?.setting).toEqual({
      path: 'ceilings.gross_exposure.maxLeverage',
      title: 'Most leverage',
      from: '2',
      to: '3.01',
    })
  })

  it('takes an entry of a table where that is the limit', () => {
    const told = { instrument: share({ clusters: ['tech'] }) }
    const { moves: found, enough } = moves(
      '500',
      { cluster: { max: '0.9', caps: { banks: '0.1', tech: '0.3' } } },
      told,
    )
    expect(found[0]?.setting).toEqual({
      path: 'ceilings.cluster.caps.tech',
      title: 'Caps of clusters',
      from: '0.3',
      to: '0.5',
    })
    expect(enough).toBe(true)
  })

  it('does not move a setting that is stricter the higher it is', () => {
    const penalised = { max: '0.03', form: 'penalised_sum', adjustment: '1.5' }
    const [move] = moves('900', { portfolio_risk: penalised }).moves
    expect(move?.setting?.path).toBe('ceilings.portfolio_risk.max')
    const tier = {
      sniper: '0.05',
      hunter: '0.1',
      strategist: '0.15',
      sniperLeast: '0',
      hunterLeast: '0',
      strategistLeast: '0',
    }
    expect(moves('900', { tier }).moves[0]?.setting?.path).toBe('ceilings.tier.strategist')
  })

  it('has no setting where none within its range is enough', () => {
    const { moves: found, enough, then } = moves('21000', { risk_per_trade: { max: '0.02' } })
    expect(found[0]).toMatchObject({ needed: '105000', setting: null })
    expect([enough, then.quantity]).toEqual([false, '400'])
  })

  it('that was not measured says so, and has nothing to move', () => {
    const told = { account: { peakEquity: reading(null) } }
    const { moves: found, enough } = moves('100', { trailing_drawdown: { max: '0.1' } }, told)
    expect(found).toEqual([
      {
        rule: 'trailing_drawdown',
        title: 'Drawdown from the peak',
        code: 'INPUT_MISSING',
        unit: 'money',
        allows: '0',
        limit: null,
        needed: null,
        more: null,
        setting: null,
        says: 'account.peakEquity is missing: give a decimal number.',
      },
    ])
    expect(enough).toBe(false)
  })

  it('keeps a whole number whole', () => {
    // From the cut-off on the overnight limit holds; the fixtures decide at minute 900, one minute after it.
    const leverage = { intraday: '4', overnight: '2', byClass: {}, cutOffMinute: 899 }
    const [move] = moves('3000', { leverage }).moves
    expect(move).toMatchObject({ rule: 'leverage', limit: '200000', needed: '300000' })
    expect(move?.setting).toEqual({ path: 'ceilings.leverage.overnight', title: 'Overnight', from: '2', to: '3' })
  })

  it('is told beside others, all moved together, and none where every limit leaves the quantity', () => {
    const ceilings = { single_asset: { max: '0.2' }, order_qty: { max: '250' }, cluster: { max: '1', caps: {} } }
    const { moves: found, then, enough } = moves('300', ceilings)
    expect(found.map(({ rule }) => rule)).toEqual(['single_asset', 'order_qty'])
    expect([then.quantity, enough]).toEqual(['300', true])
    const free = moves('150', ceilings)
    expect([free.moves, free.then.quantity, free.enough]).toEqual([[], '150', true])
    expect(moves('200', ceilings).moves).toEqual([])
  })

  it('counts what is held, and does not say enough of what is rejected or rounded below', () => {
    const held = { positions: [position({ spec: share() })] }
    expect(moves('300', { single_asset: { max: '0.2' } }, {}, held).moves[0]?.setting?.to).toBe('0.35')
    expect(moves('300', { single_asset: { max: '0.2' } }, { account: { enabled: false } }).enough).toBe(false)
    expect(moves('300.5', {}).enough).toBe(false)
  })

  it('stays where it is off its grid, and is enough a step above', () => {
    const { moves: found, enough } = moves('201', { single_asset: { max: '0.20049' } })
    expect(found[0]?.setting).toMatchObject({ from: '0.20049', to: '0.201' })
    expect(enough).toBe(true)
    expect(moves('2001', { single_asset: { max: '2' } }).moves[0]?.setting?.to).toBe('2.001')
  })
})
