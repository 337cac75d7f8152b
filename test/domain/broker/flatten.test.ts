import { describe, expect, it } from 'vitest'
import { Blotter } from '../../../src/domain/broker/blotter.ts'
import { flattenLines, flattenPlan } from '../../../src/domain/broker/flatten.ts'
import { dec } from '../../../src/domain/kernel/money.ts'
import { START, ticket } from './paper-room.ts'

const held = new Map([
  ['B', dec('-3')],
  ['A', dec('100')],
  ['C', dec('0')],
])

describe('flattening', () => {
  it('cancels what may still fill, then closes each position at the market, the same ids each time', () => {
    const blotter = new Blotter()
    blotter.store(ticket({ clientId: 'w', symbol: 'A' }), 'entry')
    blotter.store(ticket({ clientId: 'gone', symbol: 'A' }), 'entry')
    blotter.take({ kind: 'cancelled', at: START, clientId: 'gone', says: 'done' })
    const plan = flattenPlan('f1', 'main', held, blotter.orders(), () => '50')
    expect(plan.cancel).toEqual(['w'])
    expect(plan.exits.map(({ clientId, side, quantity, kind }) => [clientId, side, quantity, kind])).toEqual([
      ['f1.A', 'sell', '100', 'market'],
      ['f1.B', 'buy', '3', 'market'],
    ])
    expect(flattenPlan('f1', 'main', held, blotter.orders(), () => '50')).toEqual(plan)
  })

  it('is not flat until it is filled, and not known while the broker is silent', () => {
    const blotter = new Blotter()
    for (const exit of flattenPlan('f1', 'main', held, [], () => '50').exits) blotter.store(exit, 'exit')
    const stages = (now: [string, string][]): string[] =>
      flattenLines(held, new Map(now.map(([symbol, quantity]) => [symbol, dec(quantity)])), blotter.orders()).map(
        ({ symbol, stage }) => `${symbol} ${stage}`,
      )
    const still: [string, string][] = [
      ['A', '100'],
      ['B', '-3'],
    ]
    expect(stages(still)).toEqual(['A open', 'B open'])
    blotter.sent('f1.A')
    blotter.outcomeUnknown('f1.B')
    expect(stages(still)).toEqual(['A unknown', 'B unknown'])
    for (const clientId of ['f1.A', 'f1.B']) blotter.take({ kind: 'accepted', at: START, clientId, brokerId: 'x' })
    expect(
      stages([
        ['A', '40'],
        ['B', '-3'],
      ]),
    ).toEqual(['A partly', 'B open'])
    expect(
      stages([
        ['A', '-40'],
        ['B', '0'],
      ]),
    ).toEqual(['A open', 'B flat'])
  })
})
