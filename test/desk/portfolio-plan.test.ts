import { describe, expect, it } from 'vitest'
import { withProfile } from './journal-room.ts'
import { marketsRoom, noise } from './portfolio-room.ts'
import { hold, type TradingRoom } from './trading-room.ts'

const MOVES = { AAA: noise(400, 1), BBB: noise(400, 2), CCC: noise(400, 3) }

async function room(): Promise<TradingRoom> {
  const made = await marketsRoom(MOVES)
  withProfile(made, ({ ceilings }) => {
    for (const id of ['daily_loss', 'weekly_loss', 'monthly_loss', 'portfolio_risk', 'risk_per_trade', 'kelly_cap'])
      ceilings[id] = 'off'
    ceilings['single_asset'] = { max: 0.5 }
    ceilings['cluster'] = { max: 0.6, caps: {} }
  })
  return made
}

const priceOf = async (made: TradingRoom, symbol: string): Promise<number> =>
  Number((await made.calls.market.facts({ symbol })).last.value)

describe('a rebalance plan', () => {
  it('sells before it buys, in whole lots never past a target, and leaves what is near alone', async () => {
    const made = await room()
    hold(made, 'AAA', '300', '100')
    hold(made, 'BBB', '100', '100')
    const [a, b, c] = [await priceOf(made, 'AAA'), await priceOf(made, 'BBB'), await priceOf(made, 'CCC')]
    const { equity, orders, kept, ...plan } = await made.calls.portfolio.plan({
      targets: [
        { symbol: 'CCC', weight: 0.1 },
        { symbol: 'AAA', weight: '0.1' },
        { symbol: 'BBB', weight: (100 * b) / 100_000 + 0.004 },
      ],
      stop: 0.05,
    })
    const owned = Number(equity)
    expect(orders.map(({ symbol, side }) => `${side} ${symbol}`)).toEqual(['sell AAA', 'buy CCC'])
    const [sold, bought] = orders
    expect(Number(sold?.quantity)).toBe(300 - Math.ceil((0.1 * owned) / a - 1e-9))
    expect(Number(bought?.quantity)).toBe(Math.floor((0.1 * owned) / c + 1e-9))
    expect(bought?.after).toBeCloseTo((Number(bought?.quantity) * c) / owned, 9)
    expect(sold?.decision).toMatchObject({ kind: 'exit', outcome: 'approved' })
    expect(kept.map(({ symbol }) => symbol)).toEqual(['BBB'])
    expect(kept[0]?.says).toContain('within the band of 1.00 %')
    expect(plan.benefit).not.toBeNull()
    expect(plan.present?.gross).toBeGreaterThan(plan.after?.gross ?? 9)
  })

  it('keeps every limit with all its orders together, also where each alone would fit', async () => {
    const made = await room()
    const targets = ['AAA', 'BBB', 'CCC'].map((symbol) => ({ symbol, weight: 0.3 }))
    const alone = await made.calls.portfolio.plan({ targets: targets.slice(2) })
    expect(alone.orders[0]?.decision.outcome).toBe('approved')
    const { orders, says } = await made.calls.portfolio.plan({ targets })
    expect(orders.map(({ decision }) => decision.outcome)).toEqual(['approved', 'approved', 'rejected'])
    expect(orders[2]?.decision.binding).toBe('cluster')
    expect(says).toContain('The governor cuts or refuses 1 of the orders.')
    const together = orders.reduce((sum, order) => sum + order.after, 0)
    expect(together).toBeLessThanOrEqual(0.6)
  })

  it('crosses flat as an exit and a new order', async () => {
    const made = await room()
    hold(made, 'AAA', '50', '100')
    const { orders } = await made.calls.portfolio.plan({ targets: [{ symbol: 'AAA', weight: -0.1 }], stop: 0.05 })
    expect(orders.map(({ side, decision }) => [side, decision.kind])).toEqual([
      ['sell', 'exit'],
      ['sell', 'entry'],
    ])
    expect(orders[0]?.quantity).toBe('50')
    expect(orders[1]?.after).toBeCloseTo(-0.1, 2)
    expect(orders[1]?.says).toContain('For when the exit before it is filled.')
  })

  it('counts what is held although an exit of all of it is already working at the broker', async () => {
    const made = await room()
    hold(made, 'AAA', '300', '100')
    const spec = made.book().instrument('AAA')
    if (spec === undefined) throw new Error('AAA is an instrument of the room')
    const wayOut = { orderId: 'way-out-1', symbol: 'AAA', strategy: null, side: 'sell' as const, reduces: true, spec }
    made.workspace.market.working = () => [{ ...wayOut, quantity: '300', price: '500', stop: null }]
    made.workspace.forget()
    const { orders } = await made.calls.portfolio.plan({ targets: [{ symbol: 'AAA', weight: 0.9 }] })
    expect(orders.map(({ side, decision }) => [side, decision.kind, decision.outcome])).toEqual([
      ['buy', 'entry', 'reduced'],
    ])
    expect(orders[0]?.decision.binding).toBe('single_asset')
    expect(orders[0]?.after).toBeLessThanOrEqual(0.5)
  })

  it('closes what is held beside the targets only where that is asked for', async () => {
    const made = await room()
    hold(made, 'BBB', '50', '100')
    const targets = [{ symbol: 'AAA', weight: 0.1 }]
    const kept = await made.calls.portfolio.plan({ targets })
    const closed = await made.calls.portfolio.plan({ targets, others: 'close' })
    expect(kept.orders.map(({ symbol }) => symbol)).toEqual(['AAA'])
    expect(closed.orders.map(({ symbol, quantity }) => `${symbol} ${quantity}`)[0]).toBe('BBB 50')
  })

  it.each([
    [{ targets: [{ symbol: 'NONE', weight: 0.1 }] }, 'NONE is not a known instrument'],
    [{ targets: [{ symbol: 'AAA', weight: 'much' }] }, 'targets[0].weight is "much"'],
    [{ targets: [{ symbol: 'AAA', weight: 50 }] }, 'targets[0].weight is 50; it must be at least -20 and at most 20.'],
    [{ targets: [1, 2].map(() => ({ symbol: 'AAA', weight: 0.1 })) }, 'AAA has two target weights'],
    [{ targets: [{ symbol: 'AAA', weight: 0.1 }], stop: 1 }, 'stop is 1; it must be above 0 and below 1.'],
    [{ targets: [{ symbol: 'AAA', weight: 0.1 }], strategy: 'ghost' }, 'There is no strategy ghost'],
  ])('refuses %o in one sentence', async (asked, says) => {
    await expect((await room()).calls.portfolio.plan(asked)).rejects.toThrow(says)
  })
})

describe('recording a plan', () => {
  const plan = {
    targets: [
      { symbol: 'AAA', weight: 0.05 },
      { symbol: 'BBB', weight: 0.2 },
    ],
    stop: 0.05,
  }

  it('records every order as one audited group, each replaying to the same bytes', async () => {
    const made = await room()
    hold(made, 'AAA', '200', '100')
    const shown = await made.calls.portfolio.plan(plan)
    const recorded = await made.calls.portfolio.decidePlan({ plan, planId: shown.planId, groupId: 'group-001' })
    expect(recorded.decisions.map(({ decisionId, symbol }) => `${decisionId} ${symbol}`)).toEqual([
      'group-001-001 AAA',
      'group-001-002 BBB',
    ])
    expect(recorded.decisions.map(({ quantity }) => quantity)).toEqual(
      shown.orders.map(({ decision }) => decision.quantity),
    )
    for (const { decisionId } of recorded.decisions)
      expect(await made.calls.decisions.replay({ decisionId })).toMatchObject({ identical: true })
    expect((await made.calls.audit.verify()).verdict).toBe('verified-anchored')
    const rows = await made.calls.audit.rows({})
    expect(rows.some(({ says }) => says.includes('Rebalance plan group-001: 2 orders decided together'))).toBe(true)
  })

  it('answers the same group with what was recorded, and writes nothing twice', async () => {
    const made = await room()
    const shown = await made.calls.portfolio.plan(plan)
    const wanted = { plan, planId: shown.planId, groupId: 'group-001' }
    const first = await made.calls.portfolio.decidePlan(wanted)
    const head = made.book().head()
    const again = await made.restart().calls.portfolio.decidePlan(wanted)
    expect(again.decisions).toEqual(first.decisions)
    expect(again.decisions).toHaveLength(2)
    expect(head.seq).toBeGreaterThan(0)
  })

  it('refuses another plan under the name of a group that is recorded', async () => {
    const made = await room()
    const shown = await made.calls.portfolio.plan(plan)
    await made.calls.portfolio.decidePlan({ plan, planId: shown.planId, groupId: 'group-001' })
    const other = { ...plan, targets: [{ symbol: 'CCC', weight: 0.1 }] }
    const { planId } = await made.calls.portfolio.plan(other)
    const head = made.book().head()
    await expect(made.calls.portfolio.decidePlan({ plan: other, planId, groupId: 'group-001' })).rejects.toThrow(
      'group-001 names another plan',
    )
    expect(made.book().head()).toEqual(head)
  })

  it('refuses a plan that would come out differently now, and writes nothing', async () => {
    const made = await room()
    const shown = await made.calls.portfolio.plan(plan)
    await made.calls.market.typePrice({ symbol: 'BBB', price: '140' })
    const head = made.book().head()
    await expect(made.calls.portfolio.decidePlan({ plan, planId: shown.planId })).rejects.toThrow(
      'it would come out differently now',
    )
    expect(made.book().head()).toEqual(head)
  })
})

describe('a basket', () => {
  it('shows exposures, volatility and limits before and after, and records nothing', async () => {
    const made = await room()
    hold(made, 'AAA', '100', '100')
    const head = made.book().head()
    const order = { side: 'buy', entry: 'market', quantity: '100', stop: null } as const
    const view = await made.calls.portfolio.basket({
      orders: [
        { ...order, symbol: 'BBB' },
        { ...order, symbol: 'CCC' },
      ],
    })
    expect(view.orders.map(({ outcome }) => outcome)).toEqual(['approved', 'approved'])
    const own = view.bySymbol.find(({ name }) => name === 'BBB')
    expect(own?.before).toBeNull()
    expect(Number(own?.after?.gross)).toBeCloseTo(100 * (await priceOf(made, 'BBB')), 6)
    const cluster = view.limits.find(({ rule }) => rule === 'cluster')
    expect(Number(cluster?.after?.used)).toBeGreaterThan(Number(cluster?.before?.used) * 2)
    expect(view.after?.volatility).toBeGreaterThan(view.before?.volatility ?? 9)
    expect(made.book().head()).toEqual(head)
  })
})
