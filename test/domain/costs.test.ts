import { describe, expect, it } from 'vitest'
import { readInstrument } from '../../src/domain/instrument.ts'
import { capacityOf, lossAtStop, lossOf } from '../../src/domain/costs.ts'
import { dec, floorTo, text, type FxRate, type Price } from '../../src/domain/kernel/money.ts'
import type { InstrumentSpec } from '../../src/domain/inputs.ts'
import { onlyRules, position, share, size } from '../support/sizing-fixtures.ts'

function lossFor(changes: Partial<InstrumentSpec>, entry = '100', stop = '95') {
  const read = readInstrument(share(changes))
  if (!read.ok) throw new Error('the instrument is broken')
  const rate = dec('1') as FxRate
  return lossAtStop(read.value, dec(entry) as Price, dec(stop) as Price, rate, rate, dec(changes.spread ?? '0'))
}

describe('a minimum commission', () => {
  it.each([
    // Loss: 5 a share and the larger of 10 and 0.1 a share, each way.
    ['both sides at the minimum', '520', '100', '520'],
    ['just where the minimum ends', '520.01', '100.001923076923', '520.01'],
    ['both sides by the share', '1040', '200', '1040'],
    ['less than the minimum itself', '20', '0', '0'],
    ['a hair above the minimum', '20.000005', '0.000001', '20.000005'],
  ])('%s: a budget of %s carries %s shares', (_, budget, quantity, loss) => {
    const costs = lossFor({ commissionPerUnit: '0.1', commissionMinimum: '10' })
    const capacity = capacityOf(costs, dec(budget))
    expect(text(capacity.toDecimalPlaces(12, 1))).toBe(quantity)
    expect(text(lossOf(costs, capacity).toDecimalPlaces(9))).toBe(loss)
  })

  it('of one side may hold while the other pays by its price', () => {
    // 1 % of the value: 1.00 a share in, 0.50 a share out; at least 30 a side. At 45 shares: 45 in, 30 out.
    const costs = lossFor({ commissionRate: '0.01', commissionMinimum: '30' }, '100', '50')
    expect(text(lossOf(costs, dec('45')))).toBe('2325')
    expect(text(capacityOf(costs, dec('2325')))).toBe('45')
  })

  it('leaves no share more within the budget', () => {
    for (const budget of ['37', '55.5', '123.45', '999', '12345.67']) {
      const costs = lossFor({
        commissionPerUnit: '0.07',
        commissionMinimum: '3.5',
        commissionRate: '0.0004',
        spread: '0.05',
        slippageTicks: '2',
      })
      const size = floorTo(capacityOf(costs, dec(budget)), dec('1'))
      expect(lossOf(costs, size).lte(budget)).toBe(true)
      expect(lossOf(costs, size.plus(1)).gt(budget)).toBe(true)
    }
  })

  it('costs nothing where nothing is traded', () => {
    expect(text(lossOf(lossFor({ commissionMinimum: '10' }), dec('0')))).toBe('0')
  })
})

describe('costs in a decision', () => {
  it('count into the loss at the stop, the reward and the open risk', () => {
    const spec = share({ commissionPerUnit: '0.05', commissionMinimum: '4', spread: '0.1', slippageTicks: '5' })
    const decision = size({ instrument: spec, request: { target: '110', quantity: '100' } }, {}, onlyRules({}))
    // 5.00 + 0.05 half a spread + 0.05 slippage a share, 5 each way.
    expect([decision.riskAmount, decision.rewardAmount]).toEqual(['520', '985'])
    const held = position({ spec: { ...spec, symbol: 'HELD' } })
    const beside = size(
      { instrument: spec },
      { positions: [held] },
      onlyRules({ ceilings: { daily_loss: { max: '0.03' } } }),
    )
    // The position: 5 to its stop, 0.10 of exit a share, 5 to sell.
    expect(beside.ladder[0]?.before).toBe('515')
  })

  it('are taken from a fresh quote where there is one, else from the specification', () => {
    const spec = share({ spread: '0.5' })
    const quote = (bid: string | null, ask: string | null, at?: number) => ({
      instrument: spec,
      bid: { value: bid, source: 'test', at: at ?? size().at },
      ask: { value: ask, source: 'test', at: size().at },
    })
    const spread = (told: object): string | undefined =>
      size(told, {}, onlyRules({})).steps.find(({ rule }) => rule === 'inputs')?.facts['spread']
    expect(spread(quote('99.9', '100.1'))).toBe('0.2')
    expect(spread(quote(null, '100.1'))).toBe('0.5')
    expect(spread(quote('99.9', '100.1', size().at - 40 * 86_400_000))).toBe('0.5')
  })

  it('refuse a crossed quote', () => {
    const at = size().at
    expect(
      size({ bid: { value: '101', source: 'test', at }, ask: { value: '100', source: 'test', at } }).reasons[0]?.code,
    ).toBe('QUOTE_CROSSED')
  })
})
